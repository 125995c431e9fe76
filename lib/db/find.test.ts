import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { processorTime } from "../../e2e/fixtures/processor-time";
import { makeRun } from "../../e2e/fixtures/run";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import type { AgentEvent, RunEvent } from "../trajectory/event";
import { hitsIn } from "../trajectory/find-event";
import { finderOf } from "../trajectory/find-text";
import { closeStore } from "./client";
import { appendEvents, readEvents } from "./events";
import { findInRun } from "./find";
import { createRun } from "./runs";

const folder = mkdtempSync(join(tmpdir(), "soundings-find-"));

beforeAll(() => {
	process.env.DATA_DIR = folder;
});
afterAll(() => {
	closeStore();
	rmSync(folder, { recursive: true });
});

const usage = { inputTokens: 1, outputTokens: 1 };
const turnOf = (turn: number, thought: string, args: Record<string, unknown>, text: string): AgentEvent[] => [
	{ type: "turn.started", turn, purpose: "research" },
	{
		type: "model.replied",
		turn,
		content: `<think>${thought}</think>`,
		calls: [{ id: `c${turn}`, name: "web_search", args }],
		finish: "tool_calls",
		usage,
		ms: 1,
	},
	{ type: "tool.called", turn, callId: `c${turn}`, name: "web_search" },
	{ type: "tool.returned", turn, callId: `c${turn}`, status: "ok", text, summary: "s", sources: [], ms: 1 },
];

async function runWith(events: AgentEvent[], parting: { parent?: { runId: string; seq: number } } = {}) {
	const { summary, started } = makeRun("How deep is it?");
	const { parent } = parting;
	await createRun({ ...summary, ...(parent && { parent }) }, started);
	if (!parent) await appendEvents(summary.id, 1, events);
	return summary.id;
}

const places = async (runId: string, query: string) =>
	(await findInRun(runId, query)).hits.map(({ seq, part }) => `${seq} ${part}`);

describe("finding in a run", () => {
	test("thoughts, arguments, results, words and notes, in the order of events", async () => {
		const runId = await runWith([
			...turnOf(1, "The azimuth matters.", { q: "azimuth of the sun" }, "Azimuth, twice: azimuth."),
			...turnOf(2, "Nothing here.", { q: "altitude" }, "nothing"),
			{ type: "user.steered", text: "Look for the azimuth." },
			{ type: "note.added", text: "no azimuth", target: 5 },
		]);
		expect(await places(runId, "azimuth")).toEqual(["3 thought", "3 arguments", "5 result", "10 words", "11 note"]);
		const [, argument, result] = (await findInRun(runId, "AZIMUTH")).hits;
		expect(argument).toMatchObject({ call: 0, offset: 0, match: "azimuth", after: " of the sun" });
		expect(result).toMatchObject({ count: 2, match: "Azimuth" });
	});

	test("keys of arguments, names of fields and other runs are not text", async () => {
		await runWith(turnOf(1, "sextant", { q: "sextant" }, "sextant"));
		const runId = await runWith(turnOf(1, "x", { q: "y" }, "z"));
		for (const query of ["q", "usage", "finish", "web_search", "sextant", "inputTokens"])
			expect(await places(runId, query)).toEqual([]);
	});

	test("phrases are exact, in scripts with spaces and without, and behind line ends of code", async () => {
		const runId = await runWith([
			...turnOf(1, "a", { code: "import math\ndepth = 3" }, "挑战者号测量水深。 depth of the ocean"),
			...turnOf(2, "a", { q: "ocean depth" }, "of the depth the ocean 水很深"),
		]);
		expect(await places(runId, "水深")).toEqual(["5 result"]);
		expect(await places(runId, "depth of the ocean")).toEqual(["5 result"]);
		expect(await places(runId, "the oce")).toEqual(["5 result", "9 result"]);
		expect(await places(runId, "depth =")).toContain("3 arguments");
	});

	test("a fork finds in the past it shares, and not in what its parent did after", async () => {
		const parent = await runWith([
			...turnOf(1, "a", { q: "b" }, "theodolite"),
			...turnOf(2, "a", { q: "b" }, "theodolite"),
		]);
		const child = await runWith([], { parent: { runId: parent, seq: 5 } });
		expect(await places(parent, "theodolite")).toEqual(["5 result", "9 result"]);
		expect(await places(child, "theodolite")).toEqual(["5 result"]);
	});

	test("the index of words leaves out nothing that the texts hold", async () => {
		const [, ...rest] = makeTrajectory({ calls: 60, seed: 9 });
		const runId = await runWith(rest.map((event): AgentEvent => event));
		const events = await readEvents(runId);
		for (const query of ["depth", "the cable", "1874", "http", "e", "range(", "深"]) {
			const finder = finderOf(query);
			const hits = finder ? events.flatMap((event) => hitsIn(event, finder)) : [];
			expect((await findInRun(runId, query)).hits, query).toEqual(hits);
		}
	});

	test("B085 DB-07: whatever is typed is a query", async () => {
		const runId = await runWith(turnOf(1, 'say "NEAR(x" * OR', { q: "%_\\ ' ; drop" }, "a -> b AND NOT c*"));
		for (const query of ['"', "NEAR(x", "*", "a AND", "^a", "col:b", "'; drop table events", "\0", "%", "\\"])
			expect(Array.isArray(await places(runId, query))).toBe(true);
		expect(await places(runId, "->")).toEqual(["5 result"]);
		expect(await places(runId, "%_")).toEqual(["3 arguments"]);
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 30 }), async (query) => {
				expect((await findInRun(runId, query)).isCut).toBe(false);
			}),
		);
	});

	test("in 5,000 calls a rare word is found in less than a blink", async () => {
		const [first, ...rest] = makeTrajectory({ calls: 5000, seed: 3 });
		const runId = await runWith([]);
		const bare = (event: RunEvent): AgentEvent => event;
		await appendEvents(runId, 1, rest.map(bare));
		await appendEvents(runId, first ? rest.length + 1 : 0, turnOf(90_000, "cross-staff", { q: "b" }, "c"));
		const before = processorTime();
		expect(await places(runId, "cross-staff")).toEqual([`${rest.length + 3} thought`]);
		expect(processorTime() - before).toBeLessThan(400);
	});
});
