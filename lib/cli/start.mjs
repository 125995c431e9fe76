/** `npm start`: from a fresh clone to a running server; every step that is done already is skipped. */
import { spawn } from "node:child_process";
import {
	actionsKey,
	build,
	command,
	install,
	NEXT,
	productNode,
	refuse,
	requireNode,
	root,
	runNode,
	seconds,
} from "./launch.mjs";

const since = Date.now();
requireNode();
install();

const prepared = await runNode(command("prepare.ts"), { stdio: ["ignore", "pipe", "inherit"] });
if (prepared.code !== 0) process.exit(prepared.code);
const { host, port, found } = JSON.parse(prepared.output);

const built = await build();
if (built !== 0) {
	refuse(
		"The build failed; its messages stand above. When another start is building, wait for it; else remove .next.\n" +
			"Then run the command again.",
	);
}

await serve();

async function serve() {
	const address = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
	const child = spawn(productNode(), [NEXT, "start", "-H", host, "-p", String(port)], {
		cwd: root,
		/** A group of its own: Ctrl-C in a terminal then reaches the server once, through `stop`. */
		detached: process.platform !== "win32",
		stdio: ["ignore", "pipe", "inherit"],
		env: {
			...process.env,
			NODE_ENV: "production",
			NEXT_MANUAL_SIG_HANDLE: "true",
			NEXT_TELEMETRY_DISABLED: "1",
			NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey(),
		},
	});
	let running = true;
	child.on("exit", (code) => {
		running = false;
		process.exit(code ?? 1);
	});
	forwardSignals(child);
	let banner = "";
	const keep = (piece) => {
		banner += piece;
	};
	child.stdout.on("data", keep);
	const status = await firstAnswer(address, () => running);
	child.stdout.off("data", keep);
	child.stdout.pipe(process.stdout);
	if (status >= 500) process.stdout.write(`${banner}\nThe first page answers with status ${status}; see above.\n`);
	process.stdout.write(`\nSoundings is up after ${seconds(since)}: ${address}\n`);
	for (const line of found) process.stdout.write(`  ${line}\n`);
	process.stdout.write("Stop it with Ctrl-C; runs go on at the next start.\n");
}

/**
 * npm and the terminal both send a Ctrl-C: the server gets the first one, and a later one ends it at once. A SIGTERM to
 * npm ends npm's shell and never comes here, so the server also stops when that shell is gone.
 */
function forwardSignals(child) {
	let last = 0;
	const pass = (signal) => {
		if (Date.now() - last < 1000) return;
		last = Date.now();
		child.kill(signal);
	};
	/** On Windows the console has told the server already, and passing the signal on would end it half way through. */
	process.on("SIGINT", () => process.platform !== "win32" && pass("SIGINT"));
	process.on("SIGTERM", () => pass("SIGTERM"));
	process.on("SIGHUP", () => pass("SIGTERM"));
	if (process.env.npm_lifecycle_event === undefined) return;
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		pass("SIGTERM");
	}, 500);
}

/** Waits until the server answers and returns its status; the first page is then warm. */
async function firstAnswer(address, isRunning) {
	while (isRunning()) {
		const answer = await fetch(address, { redirect: "manual" }).catch(() => undefined);
		if (answer) return answer.status;
		await new Promise((wake) => setTimeout(wake, 100));
	}
	return 0;
}
