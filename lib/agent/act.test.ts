import { expect, test } from "vitest";
import { z } from "zod";
import type { AgentEvent, ToolCall } from "../trajectory/event";
import { act } from "./act";
import type { AgentOptions, RunTools } from "./options";
import { defineTool, type ToolOutcome } from "./tool";

/** The text a model reads for an outcome of the tool. */
async function textOf(outcome: Partial<ToolOutcome>, name = "t"): Promise<string> {
	const tool = defineTool({
		spec: { server: "s", name: "t", description: "d", schema: {} },
		input: z.object({ n: z.number().optional() }),
		run: async () => ({ status: "ok", text: "", summary: "", sources: [], ...outcome }),
	});
	const call: ToolCall = { id: "c", server: "s", name, args: {} };
	const reply = { calls: [call] };
	const open = {
		turn: 1,
		purpose: "research",
		reply,
		called: new Map(),
		asked: new Set(),
		decided: new Map(),
		returned: [],
	} as never;
	const options = {
		settings: { limits: { calls: 1 } },
		toolContext: () => ({}),
		live: () => undefined,
		signal: new AbortController().signal,
	};
	const tools = new Map([["t", tool]]);
	const events: AgentEvent[] = [];
	for await (const event of act(
		{ allowed: new Set(), calls: 0 },
		open,
		options as unknown as AgentOptions,
		{ tools } as unknown as RunTools,
	))
		events.push(event);
	const returned = events.find(({ type }) => type === "tool.returned");
	return returned?.type === "tool.returned" ? returned.text : "";
}

test("RES-04 INJ-08: a result is cut at 100,000 code points, not UTF-16 units (spec §1.8.8)", async () => {
	const full = "🎉".repeat(100_000);
	expect(await textOf({ text: full })).toBe(full);
	expect(await textOf({ text: `${full}x` })).toBe(`${full}\n... [Result truncated]`);
});

test("B071: nothing and errors are told in a sentence (spec §1.8.8, D21)", async () => {
	expect(await textOf({})).toBe("Tool call to t on s completed, but produced no specific output or result.");
	expect(await textOf({ status: "error", text: "no key" })).toBe("Tool call to t on s failed. Error: no key");
	expect(await textOf({}, "hidden")).toBe("Tool call to hidden on s failed. Error: Unknown tool: hidden");
});
