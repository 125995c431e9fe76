import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NAUGHTY } from "../../e2e/fixtures/harm";
import { openBench } from "../../e2e/fixtures/runner-bench";
import { research } from "../../e2e/vllm/policies";
import { readEvents } from "../db/events";
import { listRuns, readSummary } from "../db/runs";
import { askInputSchema } from "../trajectory/ask";
import { saidSchema } from "../trajectory/said";
import { viewOf } from "../trajectory/view";
import { annotateRun, settled, startRun } from "./runner";
import { saveSettings, settingsView } from "./saved-settings";

const UNSEEN = ["\u200b\u200c\u200d\u2060\ufeff", "\u00a0\u2003\u3000", "\u0301\u0302\u0303", "\u202e\u202d\u2066"];
const QUESTION = NAUGHTY.join("\n");

let bench: Awaited<ReturnType<typeof openBench>>;
let runId = "";

beforeAll(async () => {
	bench = await openBench(research(2, 100));
	const started = await startRun({ question: QUESTION, preset: "generic" });
	if (!started.ok) throw new Error(started.message);
	runId = started.runId;
	await settled(runId);
}, 60_000);
afterAll(() => bench.close());

describe("B083 B084: naughty and odd texts", () => {
	test("make a question that is sent as it was stored, every character whole, and answered", async () => {
		const events = await readEvents(runId);
		const [started] = events;
		const asked = QUESTION.toWellFormed().replaceAll("\0", "\ufffd").trim();
		expect(started).toMatchObject({ question: asked });
		expect(await readSummary(runId)).toMatchObject({ question: asked, title: expect.any(String) });
		expect(events.at(-1)).toMatchObject({ type: "run.ended", outcome: "answered" });
		const sent = bench.server.requests.flatMap(({ body }) => body.messages.map(({ content }) => content ?? ""));
		expect(sent.filter((text) => text.includes(asked)).length).toBeGreaterThan(1);
		expect(sent.filter((text) => !text.isWellFormed())).toEqual([]);
	});

	test("are titles, tags and notes that stand as they were typed and are found again", async () => {
		let kept = 0;
		for (const text of NAUGHTY) {
			const said = { type: "run.edited", title: text.slice(0, 300), tags: [text.slice(0, 40)] };
			const edited = saidSchema.safeParse(said);
			const note = saidSchema.parse({ type: "note.added", text });
			if (!edited.success || edited.data.type !== "run.edited") continue;
			await annotateRun(runId, edited.data);
			await annotateRun(runId, note);
			const { title = "", tags = [] } = edited.data;
			expect(await readSummary(runId)).toMatchObject({ title, tags });
			for (const query of [{ search: title }, { tag: tags[0] ?? "" }])
				expect(
					(await listRuns({ ...query, limit: 5 })).runs.map(({ id }) => id),
					JSON.stringify(query),
				).toContain(runId);
			kept++;
		}
		expect(kept).toBe(NAUGHTY.length - 2);
		const { remarks } = viewOf(await readEvents(runId));
		expect(remarks.notes.get(0)?.every(({ text }) => text.isWellFormed() && !text.includes("\0"))).toBe(true);
	});

	test("that show nothing are no question, no title and no tag", () => {
		for (const text of UNSEEN) {
			expect(askInputSchema.safeParse({ question: text }).success, JSON.stringify(text)).toBe(false);
			for (const said of [{ title: text }, { tags: [text] }])
				expect(saidSchema.safeParse({ type: "run.edited", ...said }).success, JSON.stringify(text)).toBe(false);
		}
	});

	test("are kept as a setting as they are, or refused with the reason", async () => {
		let refused = 0;
		for (const text of NAUGHTY) {
			const saved = await saveSettings({ EXTRACT_LLM_MODEL: text });
			const state = Object.values((await settingsView()).sections)
				.flat()
				.find(({ variable }) => variable === "EXTRACT_LLM_MODEL");
			const told = saved.ok ? state?.value : saved.problems.EXTRACT_LLM_MODEL;
			expect(told).toEqual(
				saved.ok ? text.toWellFormed().trim() : expect.stringMatching(/^EXTRACT_LLM_MODEL .*kept\.$/s),
			);
			refused += saved.ok ? 0 : 1;
		}
		expect(refused).toBeGreaterThan(2);
		expect(refused).toBeLessThan(NAUGHTY.length / 2);
	});
});
