import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { research } from "../../e2e/vllm/policies";
import { type StandIn, startStandIn } from "../../e2e/vllm/server";
import { openSqlite } from "../db/sqlite";

const RUNS = 3;
const folder = mkdtempSync(join(tmpdir(), "soundings-boot-"));
let server: StandIn;

beforeAll(async () => {
	server = await startStandIn({ policy: research(50, 4000), pace: 50, model: "mirothinker-1.5-test" });
});

afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Boots a server of its own with three runs under way, tells it to end, and says how it went. */
async function toldToEnd(name: string, ...twice: string[]) {
	const data = join(folder, name);
	const env = {
		...process.env,
		DATA_DIR: data,
		LLM_BASE_URL: `${server.url}/v1`,
		LLM_MODEL: "mirothinker-1.5-test",
		MAX_PARALLEL_RUNS: String(RUNS),
	};
	const script = [
		"--conditions=react-server",
		"--import",
		"tsx",
		"e2e/fixtures/boot-in-child.ts",
		String(RUNS),
		...twice,
	];
	const before = server.requests.length;
	const child = spawn(process.execPath, script, { env, stdio: ["ignore", "inherit", "inherit"] });
	const gone = new Promise<number | null>((left) => child.once("exit", left));
	while (server.requests.length < before + RUNS && child.exitCode === null) await wait(5);
	const told = performance.now();
	child.kill("SIGTERM");
	const code = await gone;
	const database = openSqlite(join(data, "soundings.db"));
	const left = database.prepare("SELECT lease_owner AS owner, crashes, ended_at AS ended FROM runs").all();
	database.close();
	return { code, ms: performance.now() - told, left };
}

describe("REC-02: told to end with three runs under way", () => {
	test("the server lets go of all of them within 5 s, ends none, and leaves as one that was asked to", async () => {
		const { code, ms, left } = await toldToEnd("once");
		expect(code).toBe(0);
		expect(ms).toBeLessThan(5000);
		expect(left).toHaveLength(RUNS);
		for (const run of left) expect(run).toEqual({ owner: null, crashes: 0, ended: null });
	}, 60_000);

	test("a second time ends it at once", async () => {
		const { code, left } = await toldToEnd("twice", "twice");
		expect(code).toBe(1);
		expect(left).toHaveLength(RUNS);
	}, 60_000);
});
