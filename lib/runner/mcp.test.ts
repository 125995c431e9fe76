import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { begin, openBench, QUESTION } from "../../e2e/fixtures/runner-bench";
import { delegating } from "../../e2e/vllm/policies";
import { readEvents } from "../db/events";
import { layUnder } from "../env";
import type { AskInput } from "../trajectory/ask";
import { viewOf } from "../trajectory/view";
import { forkRun } from "./fork";
import { closeMcp, mcpHealth, mcpToolsOf } from "./mcp";
import { cancelRun, settled, startRun } from "./runner";
import { askSetUp } from "./settings";

const EVERYTHING = resolve("node_modules/@modelcontextprotocol/server-everything/dist/index.js");
const EVIL = resolve("e2e/fixtures/evil-mcp.mjs");

let bench: Awaited<ReturnType<typeof openBench>>;
let path = "";

function configure(servers: object): void {
	writeFileSync(path, JSON.stringify({ mcpServers: servers }));
}

beforeAll(async () => {
	bench = await openBench(delegating(3, 1, 200));
	path = join(bench.folder, "mcp.json");
}, 60_000);

afterAll(async () => {
	await closeMcp();
	await bench.close();
});

const everything = { command: process.execPath, args: [EVERYTHING, "stdio"] };
const evil = { command: process.execPath, args: [EVIL] };

test.each(["generic", "mirothinker-1.0"])(
	"%s: an MCP tool is told, called and answered, and frozen into the run",
	async (preset) => {
		configure({ everything });
		const runId = await begin(preset, { mcp: ["everything"] });
		await settled(runId);
		const view = viewOf(await readEvents(runId));
		expect(view).toMatchObject({ outcome: "answered", calls: 3 });
		const call = view.rows.find((row) => row.kind === "call" && row.n === 2);
		expect(call).toMatchObject({ call: { name: "echo" }, status: "ok", summary: `Echo: ${QUESTION}` });
		const told = view.settings?.tools.find(({ name }) => name === "echo");
		expect(told).toMatchObject({ server: "everything", mcp: "echo" });
		const { system = "" } = view.settings?.prompts ?? {};
		expect(system.includes("## Server name: everything")).toBe(preset === "mirothinker-1.0");
	},
);

test("nobody chose: our own rules use every server, upstream's none, and no servers can be chosen", async () => {
	configure({ everything, off: { ...everything, disabled: true } });
	expect((await askSetUp()).mcp).toEqual(["everything"]);
	const toldOf = async (preset: string, mcp?: string[]) => {
		const runId = await begin(preset, mcp && { mcp });
		await cancelRun(runId);
		await settled(runId);
		return viewOf(await readEvents(runId)).settings?.tools.some((tool) => tool.mcp !== undefined);
	};
	expect(await toldOf("generic")).toBe(true);
	expect(await toldOf("mirothinker-1.0")).toBe(false);
	expect(await toldOf("generic", [])).toBe(false);
});

test("single tools are left out and ask first by their namespaced names, whatever the run calls them", async () => {
	configure({ everything, two: everything });
	const settingsOf = async (more: Partial<AskInput>) => {
		const runId = await begin("generic", more);
		await cancelRun(runId);
		await settled(runId);
		return viewOf(await readEvents(runId)).settings;
	};
	const marks = { withoutTools: ["everything__echo"], approval: ["two__echo"] };
	const both = await settingsOf({ mcp: ["everything", "two"], ...marks });
	const echoes = both?.tools.filter(({ mcp }) => mcp === "echo");
	expect(echoes).toMatchObject([{ server: "two", name: "two__echo" }]);
	expect(both?.approval).toEqual(["two__echo"]);
	const single = await settingsOf({ mcp: ["two"], approval: ["two__echo"] });
	expect(single?.approval).toEqual(["echo"]);
	expect(
		await startRun({ question: QUESTION, preset: "generic", mcp: ["two"], approval: ["two__ecko"] }),
	).toMatchObject({
		ok: false,
		field: "approval",
		message: expect.stringContaining('There is no tool "two__ecko".'),
	});
	const read = await mcpToolsOf("two");
	expect(read).toMatchObject({ ok: true, tools: expect.arrayContaining([{ name: "echo", asks: false }]) });
	vi.stubEnv("APPROVAL_TOOLS", "two__echo");
	layUnder({});
	expect(await mcpToolsOf("two")).toMatchObject({ tools: expect.arrayContaining([{ name: "echo", asks: true }]) });
	expect((await settingsOf({ mcp: ["two"], approval: [] }))?.approval).toEqual(["echo"]);
	vi.unstubAllEnvs();
	layUnder({});
	expect(await mcpToolsOf("three")).toMatchObject({ ok: false, why: expect.stringContaining('no MCP server "three"') });
});

test("a server that cannot be used refuses the start and is named; left out, the run starts", async () => {
	configure({ broken: { command: "no-such-command-anywhere" }, wrong: { comand: "x" }, everything });
	const start = (mcp?: string[]) =>
		startRun({ question: QUESTION, preset: "generic", maxCalls: 1, ...(mcp && { mcp }) });
	const message = (text: string) => ({ ok: false, field: "mcp", message: expect.stringContaining(text) });
	expect(await start(["broken"])).toMatchObject(message("The MCP server broken failed."));
	expect(await start(["wrong"])).toMatchObject(message("mcpServers.wrong.command is missing."));
	expect(await start(["nowhere"])).toMatchObject(
		message('There is no MCP server "nowhere". There are: broken, everything.'),
	);
	expect(await start()).toMatchObject(message("cannot be used"));
	const started = await start(["everything"]);
	expect(started).toMatchObject({ ok: true });
	const asked = { question: QUESTION, preset: "extractive", mcp: ["everything"] };
	expect(await startRun(asked)).toMatchObject(message("The built-in engine calls no MCP tools."));
});

test("the health of every server: its tools, those it cannot offer with the reason, and why it does not answer", async () => {
	configure({ everything, evil, broken: { command: "no-such-command-anywhere" }, wrong: { comand: "x" } });
	const states = new Map((await mcpHealth()).map((state) => [state.name, state]));
	expect(states.get("everything")).toMatchObject({ ok: true, tools: expect.arrayContaining(["echo"]), refused: [] });
	expect(states.get("evil")?.refused).toContainEqual({ name: "list_schema", why: "its input schema is no object" });
	expect(states.get("broken")).toMatchObject({ ok: false, detail: expect.stringMatching(/ENOENT/) });
	expect(states.get("wrong")).toMatchObject({ ok: false, detail: "mcpServers.wrong.command is missing." });
});

test("a run whose server left the file waits, and says for what", async () => {
	configure({ everything });
	const runId = await begin("generic", { mcp: ["everything"] });
	await settled(runId);
	rmSync(path);
	const forked = await forkRun(runId, { kind: "again", samples: 1 });
	expect(forked).toMatchObject({ ok: true });
	const [fork = ""] = "runIds" in forked ? forked.runIds : [];
	const { readSummary } = await import("../db/runs");
	while ((await readSummary(fork))?.state !== "waiting") await new Promise((wake) => setTimeout(wake, 10));
	expect((await readSummary(fork))?.detail).toMatch(
		/^The MCP server everything of this run is not configured\. Put it back into /,
	);
	await cancelRun(fork);
});
