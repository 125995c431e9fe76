import { expect, test } from "vitest";
import { z } from "zod";
import { defineTool, type ToolContext, type ToolOutcome } from "../agent/tool";
import type { RunEvent } from "../trajectory/event";
import { keptSearches } from "./kept-searches";

const HOUR = 3_600_000;

/** A tool that counts how often it really ran. */
function counting(name: string, outcome: Partial<ToolOutcome> = {}) {
	let ran = 0;
	const tool = defineTool({
		spec: { server: "", name, description: "", schema: {} },
		input: z.object({ q: z.string(), num: z.number().default(10) }),
		run: async () => ({ status: "ok", text: `{"ran":${++ran}}`, summary: "1 result", sources: [], ...outcome }),
	});
	return { tool, ran: () => ran };
}

const context = {} as ToolContext;
const searchOf = (name: string, past: RunEvent[], outcome: Partial<ToolOutcome> = {}) => {
	const counted = counting(name, outcome);
	const [kept] = keptSearches([counted.tool], past, () => HOUR * 30);
	return { ...counted, run: async (args: object) => kept?.run(args, context) };
};

/** One search of the past, `hours` after the beginning. */
const searched = (text: string, hours: number, args: object = { q: "a" }): RunEvent[] =>
	[
		{ type: "model.replied", turn: 1, content: "", calls: [{ id: text, server: "", name: "web_search", args }] },
		{ type: "tool.called", turn: 1, callId: text, name: "web_search" },
		{ type: "tool.returned", turn: 1, callId: text, status: "ok", text, summary: "3 results", sources: [], ms: 1 },
	].map((event, at) => ({ ...event, runId: "r", seq: at, at: hours * HOUR }) as unknown as RunEvent);

test("the same query is put to the web once, its defaults said or not", async () => {
	const { run, ran } = searchOf("web_search", []);
	const first = await run({ q: "a", num: 10 });
	expect(await run({ num: 10, q: "a" })).toEqual({ ...first, summary: "1 result (as before in this run)" });
	await run({ q: "b", num: 10 });
	expect(ran()).toBe(2);
});

test("what the run found before answers for a day", async () => {
	const { run, ran } = searchOf("web_search", searched("found", 20));
	expect(await run({ q: "a", num: 10 })).toMatchObject({ text: "found", summary: "3 results (as before in this run)" });
	expect(ran()).toBe(0);
	const late = searchOf("web_search", searched("found", 5));
	expect(await late.run({ q: "a", num: 10 })).toMatchObject({ text: '{"ran":1}' });
});

test("what failed in whole or in part is asked for again", async () => {
	const partly = searchOf("web_search", searched('{"organic":[],"failed":["x"]}', 20));
	await partly.run({ q: "a", num: 10 });
	expect(partly.ran()).toBe(1);
	const broken = searchOf("web_search", [], { status: "error" });
	await broken.run({ q: "a", num: 10 });
	await broken.run({ q: "a", num: 10 });
	expect(broken.ran()).toBe(2);
});

test("a result whose text quotes such a failure is whole", async () => {
	const quoting = searchOf("web_search", [], { text: JSON.stringify({ organic: [{ snippet: ',"failed":["x"]' }] }) });
	await quoting.run({ q: "a", num: 10 });
	await quoting.run({ q: "a", num: 10 });
	expect(quoting.ran()).toBe(1);
});

test("other tools run each time", async () => {
	const { run, ran } = searchOf("read_page", []);
	await run({ q: "a", num: 10 });
	await run({ q: "a", num: 10 });
	expect(ran()).toBe(2);
});
