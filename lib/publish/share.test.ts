import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { paperOf } from "../../e2e/fixtures/paper";
import { makeRun } from "../../e2e/fixtures/run";
import { closeStore, store } from "../db/client";
import { appendEvents } from "../db/events";
import { storePage } from "../db/pages";
import { createRun } from "../db/runs";
import { listShares, readShare, readSharePart } from "../db/shares";
import type { AgentEvent } from "../trajectory/event";
import { REDACTION_KINDS } from "../trajectory/redaction-kinds";
import { referencesOf } from "./paper";
import { readPaper } from "./read-paper";
import { previewShare, publishShare } from "./share";
import { closeThreads } from "./threads";

const folder = mkdtempSync(join(tmpdir(), "soundings-publish-"));
const rules = { kinds: REDACTION_KINDS, words: ["Falcon"] };
const usage = { inputTokens: 1, outputTokens: 1 };
const url = "https://example.org/page";

beforeAll(() => {
	process.env.DATA_DIR = folder;
});
afterAll(async () => {
	await closeThreads();
	closeStore();
	rmSync(folder, { recursive: true });
});

async function newRun(added: readonly AgentEvent[]): Promise<string> {
	const { summary, started } = makeRun("Who wrote to one@example.org?");
	await createRun(summary, started);
	await appendEvents(summary.id, 1, added);
	return summary.id;
}

async function answeredRun(isPageKept = true): Promise<string> {
	const many = Array.from({ length: 60 }, (_, n) => `reader${n}@example.org`).join(" ");
	const hash = await storePage(`Of Falcon: ${many}`);
	const calls = [{ id: "c", name: "read_page", args: { url } }];
	const source = { url, title: "Falcon", opened: true, ...(isPageKept && { hash }) };
	return newRun([
		{ type: "turn.started", turn: 1, purpose: "research" },
		{ type: "model.replied", turn: 1, content: "", calls, finish: "tool_calls", usage, ms: 1 },
		{ type: "tool.called", turn: 1, callId: "c", name: "read_page" },
		{ type: "tool.returned", turn: 1, callId: "c", status: "ok", text: "t", summary: "s", sources: [source], ms: 1 },
		{ type: "turn.started", turn: 2, purpose: "answer" },
		{ type: "model.replied", turn: 2, content: `It was [1](${url}).`, calls: [], finish: "stop", usage, ms: 1 },
		{ type: "run.ended", outcome: "answered", detail: "", answerTurn: 2 },
	]);
}

test("a preview says what a link would show and hide, and keeps nothing", async () => {
	const runId = await answeredRun();
	const told = await previewShare(runId, { scope: "sources", rules });
	if (!told.ok) throw new Error(told.why);
	const { examples, ...preview } = told.preview;
	expect(preview).toMatchObject({ calls: 0, pages: 1, isOver: true });
	expect(preview.counts).toMatchObject({ emails: 62, words: 3, keys: 0 });
	expect(examples.emails).toHaveLength(50);
	expect(examples.emails[0]).toEqual({
		text: "one@example.org",
		marker: "[email 1]",
		times: 2,
		place: { part: "head" },
	});
	expect(examples.words).toMatchObject([{ text: "Falcon", times: 3, place: { part: "report" } }]);
	expect(await listShares(runId)).toEqual([]);
});

test("a link shows what its preview said", async () => {
	const runId = await answeredRun();
	const told = await previewShare(runId, { scope: "trajectory", rules });
	const made = await publishShare(runId, { scope: "trajectory", rules, expiresAt: Date.now() + 60_000 });
	if (!told.ok || !made.ok) throw new Error("It was refused.");
	const shared = await readShare(made.token);
	expect(shared?.snapshot.redacted).toEqual(told.preview.counts);
	expect(shared?.snapshot.question).toBe("Who wrote to [email 1]?");
	expect(await readSharePart(made.token, "page/1")).toMatch(/^Of \[removed 1\]: \[email 2\]/);
});

test("the report of a run without an answer is refused, its steps are not; no run is refused", async () => {
	const runId = await newRun([{ type: "turn.started", turn: 1, purpose: "research" }]);
	const refused = { ok: false, why: "noReport" };
	expect(await previewShare(runId, { scope: "report", rules })).toEqual(refused);
	expect(await publishShare(runId, { scope: "report", rules })).toEqual(refused);
	expect(await listShares(runId)).toEqual([]);
	expect(await previewShare(runId, { scope: "trajectory", rules })).toMatchObject({ preview: { isOver: false } });
	expect(await publishShare("nothing", { scope: "report", rules })).toEqual({ ok: false, why: "noRun" });
});

test("what its owner takes along holds the page as it was read, or what the tool gave when none was kept", async () => {
	const texts = async (isPageKept: boolean) => {
		const read = await readPaper(await answeredRun(isPageKept), paperOf({}).words, true);
		if (!read.ok) throw new Error(read.why);
		return referencesOf(read.paper).map(({ text }) => text);
	};
	expect(await texts(true)).toEqual([expect.stringMatching(/^Of Falcon: reader0@example\.org /)]);
	expect(await texts(false)).toEqual(["t"]);
});

test("a run that cannot be read is refused with the words of what failed", async () => {
	const runId = await answeredRun();
	store().$client.prepare("update events set json = '{}' where run_id = ? and type = 'tool.returned'").run(runId);
	const refused = { ok: false, why: "notTaken", detail: expect.stringContaining("Event 5 of run") };
	expect(await previewShare(runId, { scope: "sources", rules })).toEqual(refused);
	expect(await publishShare(runId, { scope: "sources", rules })).toEqual(refused);
});
