import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { parseArgs, promisify } from "node:util";
import { cruise, unseenFiles, violationLines } from "./import-rules";

const ROOMS = ["app", "components", "lib"];
const MORE = ["e2e", "proxy.ts", "instrumentation.ts"];
const MAX_OUTPUT = 64 * 1024 * 1024;

/** What a check found: nothing when all is well, else lines that name the places. */
type Check = { name: string; find: () => Promise<string> };

const CHECKS: Check[] = [
	{ name: "style", find: () => tool("@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".") },
	{ name: "types", find: types },
	{ name: "import rules", find: importRules },
	{ name: "dead code", find: () => tool("knip/bin/knip.js", "--no-progress", "--no-config-hints") },
	{ name: "duplicates", find: duplicates },
];

/** Runs a tool of node_modules; its whole output when it fails, else nothing. */
async function tool(file: string, ...args: string[]): Promise<string> {
	const ran = promisify(execFile)(process.execPath, [`node_modules/${file}`, ...args], { maxBuffer: MAX_OUTPUT });
	const [result] = await Promise.allSettled([ran]);
	if (result.status === "fulfilled") return "";
	const { stdout = "", stderr = "", message } = result.reason;
	return `${stdout}${stderr}`.trim() || message;
}

/** Routes have generated types, which a fresh clone does not have yet. */
async function types(): Promise<string> {
	const generated = existsSync("app") ? await tool("next/dist/bin/next", "typegen") : "";
	return generated || tool("typescript/bin/tsc", "--noEmit", "-p", ".");
}

async function importRules(): Promise<string> {
	const result = await cruise(
		".",
		[...ROOMS, ...MORE].filter((path) => existsSync(path)),
	);
	const unseen = unseenFiles(".", ROOMS, result);
	return [...violationLines(result), ...unseen.map((path) => `not cruised: ${path}`)].join("\n");
}

const IS_TEST = "**/*.test.ts,**/*.test.tsx,**/*.spec.ts";

/** No copies at all in the product; tests may repeat an arrangement, not a page of code. */
async function duplicates(): Promise<string> {
	const shared = [
		"--exitCode",
		"1",
		"--reporters",
		"console",
		"--noTips",
		"--no-colors",
		"--format",
		"typescript,tsx,javascript",
	];
	const jscpd = (...args: string[]) => tool("jscpd/bin/jscpd", ...shared, ...args);
	const rooms = [...ROOMS, ...MORE].filter((path) => existsSync(path));
	const product = rooms.filter((path) => path !== "e2e");
	const found = [
		await jscpd("--min-lines", "8", "--min-tokens", "50", "--ignore", IS_TEST, ...product),
		await jscpd("--min-lines", "25", "--min-tokens", "150", ...rooms),
	];
	return found.filter(Boolean).join("\n");
}

/** `npm run check`: every check in turn, each with its time; `--report FILE` writes the counts for `npm test`. */
async function check(): Promise<void> {
	const { values } = parseArgs({ options: { report: { type: "string" } } });
	const failed: string[] = [];
	for (const { name, find } of CHECKS) {
		const since = Date.now();
		const found = await find();
		console.log(`${found ? "✗" : "✓"} ${name}  ${((Date.now() - since) / 1000).toFixed(1)} s`);
		if (found) console.log(`${found.replace(/^/gm, "    ")}\n`);
		if (found) failed.push(name);
	}
	const counts = { passed: CHECKS.length - failed.length, failed: failed.length };
	if (values.report) writeFileSync(values.report, JSON.stringify(counts));
	if (failed.length > 0) process.exitCode = 1;
}

await check();
