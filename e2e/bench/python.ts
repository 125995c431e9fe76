import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Sandboxes } from "../../lib/agent/tool";

const ROUNDS = 20;

/** Warm call, cold start, kill after a limit and by an abort, plot: what Python in a sandbox costs, in milliseconds. */
export async function run(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "soundings-bench-"));
	process.env.DATA_DIR = folder;
	const { layUnder } = await import("../../lib/env");
	const { sandboxHealth } = await import("../../lib/sandbox/health");
	const { closeSandboxes, sandboxesOf } = await import("../../lib/sandbox/sandboxes");
	const health = await sandboxHealth();
	console.log(JSON.stringify(health));
	if (health.state !== "ready") throw new Error("There is no sandbox here to measure.");
	const never = new AbortController().signal;

	const cold: number[] = [];
	for (let at = 0; at < ROUNDS; at++) {
		cold.push(await timed(() => sandboxesOf(`cold-${at}`, never).python("1", "main")));
		await closeSandboxes(`cold-${at}`);
	}
	tell("cold start, first result", cold);

	const warm = sandboxesOf("warm", never);
	await warm.python("x = 0", "main");
	tell("warm call of Python", await rounds(() => warm.python("x += 1; x", "main")));
	tell("warm command", await rounds(() => warm.command("true", "main")));
	tell("throw-away sandbox", await rounds(() => warm.python("1", undefined)));

	layUnder({ PYTHON_SECONDS: "1" });
	const late = await rounds(() => warm.python("while True: pass", "main"), 5);
	tell(
		"past a limit of 1 s until told",
		late.map((ms) => ms - 1000),
	);
	layUnder({});
	const aborted: number[] = [];
	for (let at = 0; at < 5; at++) {
		const abort = new AbortController();
		const call = sandboxesOf(`abort-${at}`, abort.signal).python("while True: pass", "main");
		setTimeout(() => abort.abort(new Error("stopped")), 500);
		aborted.push((await timed(() => call.catch(() => undefined))) - 500);
		await closeSandboxes(`abort-${at}`);
	}
	tell("abort until all is gone", aborted);
	if (health.packages.some(({ name }) => name === "matplotlib")) await plots(warm);
	await closeSandboxes("warm");
	rmSync(folder, { recursive: true, force: true });
}

async function plots({ python }: Sandboxes): Promise<void> {
	const draw = "import matplotlib.pyplot as plt\nplt.plot(range(9)); plt.show()";
	const drawn = async () => {
		const { files, error, stopped } = await python(draw, "main");
		if (files.length !== 1) throw new Error(`No picture came of it: ${error?.value ?? stopped ?? "nothing was said"}.`);
	};
	// The first one builds the list of fonts.
	await drawn();
	tell("a plot, matplotlib loaded", await rounds(drawn));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const since = performance.now();
	await work();
	return performance.now() - since;
}

async function rounds(work: () => Promise<unknown>, times = ROUNDS): Promise<number[]> {
	const taken: number[] = [];
	for (let at = 0; at < times; at++) taken.push(await timed(work));
	return taken;
}

function tell(name: string, taken: readonly number[]): void {
	const sorted = [...taken].sort((a, b) => a - b);
	const at = (share: number) =>
		(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
	console.log(`${name.padEnd(36)} median ${at(0.5).padStart(8)} ms   p95 ${at(0.95).padStart(8)} ms`);
}
