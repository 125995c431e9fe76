import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PNG } from "../../e2e/fixtures/attached";
import { askWith, attach } from "../../e2e/fixtures/attaching";
import { makeRun } from "../../e2e/fixtures/run";
import { type StandIn, startStandIn } from "../../e2e/vllm/server";
import { attachmentsInUse, attachmentsOfRun } from "../db/attachments";
import { closeStore } from "../db/client";
import { appendEvents, readEvents, readSlimEvents } from "../db/events";
import { createRun, deleteRuns, purgeRuns, rebuildSummaries } from "../db/runs";
import { closeLibrary } from "../library/library";
import { boxFolder } from "../sandbox/folders";
import type { AskInput } from "../trajectory/ask";
import { attachedAddress, shelfOfRun } from "../trajectory/attachments";
import type { Attachment, RunEvent } from "../trajectory/event";
import type { ForkInput } from "../trajectory/fork";
import { reportOf } from "../trajectory/report";
import { viewOf } from "../trajectory/view";
import { closeExtraction } from "../web/extract";
import { forgetAttachment, purgeAttachments, readAttached } from "./attachments";
import { contextAt } from "./context-at";
import { forkRun } from "./fork";
import { settled, startRun } from "./runner";

const folder = mkdtempSync(join(tmpdir(), "soundings-further-"));
const FIRST = "How deep is the quillwort line?";
const FURTHER = "And of what was the fathomwort line made?";
let model: StandIn;

beforeAll(async () => {
	model = await startStandIn({
		policy: ({ messages, tools = [] }) => {
			const last = messages.at(-1);
			const delegates = last?.role === "user" && JSON.stringify(last).includes("DELEGATE");
			if (delegates && tools.some(({ function: { name } }) => name === "search_and_browse"))
				return { calls: [{ name: "search_and_browse", args: { subtask: "Of what was it made?" } }] };
			const isFound = messages.at(-1)?.role !== "user";
			const isOver = JSON.stringify(messages.at(-1)).includes("Write the report");
			return isFound || isOver
				? { content: "As the files say." }
				: { calls: [{ name: "library_search", args: { q: "quillwort fathomwort" } }] };
		},
		model: "stand-in",
	});
	Object.assign(process.env, {
		DATA_DIR: folder,
		LLM_BASE_URL: `${model.url}/v1`,
		LLM_MODEL: "stand-in",
		LLM_SEES_IMAGES: "on",
		PYTHON_SANDBOX: "off",
	});
});
afterAll(async () => {
	await closeLibrary();
	await closeExtraction();
	closeStore();
	await model.close();
	rmSync(folder, { recursive: true, force: true });
});

const ask = (files: readonly Attachment[], more: Partial<AskInput> = {}) =>
	askWith(files, { question: FIRST, ...more });

async function fork(runId: string, input: ForkInput): Promise<string> {
	const made = await forkRun(runId, input);
	if (!made.ok) throw new Error(`${made.field}: ${made.message}`);
	const [id = ""] = made.runIds;
	await settled(id);
	return id;
}

const further = (runId: string, files: readonly Attachment[], question = FURTHER) =>
	fork(runId, { kind: "follow_up", question, attachments: files.map(({ id }) => id), calls: 3 });

const isRebuilt = async (runId: string): Promise<boolean[]> => {
	const requests = (await readEvents(runId)).flatMap((event) => (event.type === "model.requested" ? [event] : []));
	const rebuilt = requests.map(async ({ turn, requestHash }) => {
		const view = await contextAt(runId, turn);
		return view?.hash.rebuilt === requestHash;
	});
	return Promise.all(rebuilt);
};
const namesIn = async (runId: string) => (await attachmentsOfRun(runId)).map(({ name }) => name);
const results = (events: readonly RunEvent[]) =>
	events.flatMap((event) => (event.type === "tool.returned" ? [event.text] : []));
const ownResults = (events: readonly RunEvent[]) =>
	results(events.slice(events.findLastIndex(({ type }) => type === "run.forked")));
const collectionsOf = (events: readonly RunEvent[]) => viewOf(events).settings?.collections;

test("a further question brings files of its own: told and shown with it, searched with the first ones, rebuilt byte by byte", async () => {
	const parent = await ask([await attach("log.md", "The quillwort line touched ground at 41 m.")]);
	const files = [
		await attach("log.md", "The fathomwort line was made of hemp."),
		await attach("chart.png", PNG),
		await attach("Later.csv", "line,metres\nfathomwort,77\n"),
	];
	model.requests.length = 0;
	const child = await further(parent, files);
	const events = await readEvents(child);
	const at = events.findIndex(({ type }) => type === "run.forked");
	expect(events[0]).toMatchObject({ attachments: [{ name: "log.md" }] });
	expect(events[at]).toMatchObject({
		followUp: FURTHER,
		attachments: [{ name: "log (2).md" }, { name: "chart.png", shown: true }, { name: "Later.csv" }],
		attached: expect.stringContaining("made of hemp."),
	});
	const told = model.requests[0]?.body.messages as { role: string; content: unknown }[];
	expect(told[1]).toMatchObject({ content: expect.stringContaining("touched ground at 41 m.") });
	expect(told[1]).toMatchObject({ content: expect.not.stringContaining("hemp") });
	expect(told.at(-1)?.content).toEqual([
		{ type: "text", text: expect.stringMatching(/^And of what[\s\S]*made of hemp\.[\s\S]*fathomwort,77/) },
		{ type: "image_url", image_url: { url: `data:image/png;base64,${PNG.toString("base64")}` } },
	]);
	const [found] = ownResults(events);
	for (const name of ["log.md", "log (2).md", "Later.csv"]) expect(found).toContain(`library://attached/${name}`);
	expect(collectionsOf(events)).toEqual([shelfOfRun(parent), shelfOfRun(child)]);
	expect(new Set(await isRebuilt(child))).toEqual(new Set([true]));
	expect((await readSlimEvents(child, at, 1))[0]).not.toHaveProperty("attached");
	expect((await readAttached(child, files[1]?.id ?? ""))?.bytes).toEqual(PNG);
	expect(await readAttached(parent, files[1]?.id ?? "")).toBeUndefined();
	expect((await rebuildSummaries()).changed).toBe(0);
});

test("where there was nothing to search before, the files bring the tool that searches them", async () => {
	const parent = await ask([]);
	expect(viewOf(await readEvents(parent)).settings?.tools.map(({ name }) => name)).not.toContain("library_search");
	const child = await further(parent, [await attach("log.md", "The fathomwort line was made of hemp.")]);
	const events = await readEvents(child);
	expect(ownResults(events)[0]).toContain(attachedAddress("log.md"));
	expect(new Set(await isRebuilt(child))).toEqual(new Set([true]));
	const bare = await further(parent, []);
	expect(viewOf(await readEvents(bare)).settings?.tools.map(({ name }) => name)).not.toContain("library_search");
});

test("forks of the child keep its files; one from before they came does not have them", async () => {
	const parent = await ask([await attach("log.md", "The quillwort line touched ground at 41 m.")]);
	const child = await further(parent, [await attach("b.md", "The fathomwort line was made of hemp.")]);
	const all = ["log.md", "b.md"];
	const forks: ForkInput[] = [
		{ kind: "again", samples: 1 },
		{ kind: "recorded_tools" },
		{ kind: "from_call", call: 2, calls: 1 },
		{ kind: "answer_now", call: 2 },
		{ kind: "follow_up", question: "And how old is it?", calls: 1 },
	];
	for (const input of forks) {
		const id = await fork(child, input);
		expect([input.kind, await namesIn(id)]).toEqual([input.kind, all]);
		expect(collectionsOf(await readEvents(id))).toEqual([shelfOfRun(parent), shelfOfRun(child)]);
		expect([input.kind, new Set(await isRebuilt(id))]).toEqual([input.kind, new Set([true])]);
	}
	const third = await further(child, [await attach("b.md", "A third one.")], "And this one?");
	expect(await namesIn(third)).toEqual([...all, "b (2).md"]);
	const early = await fork(child, { kind: "from_call", call: 1, calls: 1 });
	const events = await readEvents(early);
	expect(await namesIn(early)).toEqual(["log.md"]);
	expect(collectionsOf(events)).toEqual([shelfOfRun(parent)]);
	expect(viewOf(events)).toMatchObject({ question: FIRST, asked: FIRST });
});

test("files and collection go with the last run that has them, whichever run of the family that is", async () => {
	const file = await attach("b.md", "The fathomwort line was made of hemp.");
	const parent = await ask([]);
	const child = await further(parent, [file]);
	const grandchild = await fork(child, { kind: "again", samples: 1 });
	const gone = async (runId: string) => {
		await deleteRuns([runId]);
		await purgeRuns(Date.now() + 1);
		await purgeAttachments(Date.now() + 100_000);
	};
	await forgetAttachment(file.id);
	await gone(parent);
	await gone(child);
	expect((await readAttached(grandchild, file.id))?.bytes.toString()).toContain("hemp");
	expect(await attachmentsInUse()).toContain(shelfOfRun(child));
	const last = await further(grandchild, [await attach("b.md", "Other.")]);
	await gone(grandchild);
	expect(await namesIn(last)).toEqual(["b.md", "b (2).md"]);
	await gone(last);
	expect(readdirSync(join(folder, "attachments"))).not.toContain(file.id);
	expect(await attachmentsInUse()).not.toContain(shelfOfRun(child));
});

test("a sub-agent has the files of all questions, to search and to use, and is shown none", async () => {
	const parent = await ask([await attach("log.md", "The quillwort line touched ground at 41 m.")], { subAgents: true });
	const child = await further(
		parent,
		[await attach("b.md", "The fathomwort line was made of hemp."), await attach("chart.png", PNG)],
		"DELEGATE: of what was it made?",
	);
	const [asked] = (await readEvents(child)).filter((event) => event.type === "subagent.started");
	const events = await readEvents(asked?.child ?? "");
	expect(events[0]).toMatchObject({ attachments: [{ name: "log.md" }, { name: "b.md" }, { name: "chart.png" }] });
	expect(JSON.stringify(events[0])).not.toContain("shown");
	for (const name of ["log.md", "b.md"]) expect(results(events)[0]).toContain(attachedAddress(name));
});

test("a refused question costs nothing: its files wait as before", async () => {
	const parent = await ask([]);
	const file = await attach("b.md", "The fathomwort line was made of hemp.");
	const put = (attachments: string[], question = FURTHER) =>
		forkRun(parent, { kind: "follow_up", question, attachments });
	const isTaken = () => existsSync(join(folder, "attachments", file.id, "asked"));
	expect(await put([file.id, crypto.randomUUID()])).toMatchObject({
		ok: false,
		field: "attachments",
		message: expect.stringContaining("Attach it again"),
	});
	expect(await put(["../../etc"])).toMatchObject({ ok: false, field: "attachments" });
	const many = Array.from({ length: 11 }, () => crypto.randomUUID());
	expect(await put(many)).toMatchObject({ ok: false, field: "attachments", message: expect.stringContaining("10") });
	expect(await put([file.id], " ")).toMatchObject({ ok: false, field: "question" });
	const { summary, started } = makeRun(FIRST, { model: { provider: "openai-compatible", id: "gone" } });
	await createRun(summary, started);
	await appendEvents(summary.id, 1, [{ type: "run.ended", outcome: "cancelled", detail: "" }]);
	const lost: ForkInput = { kind: "follow_up", question: FURTHER, attachments: [file.id] };
	expect(await forkRun(summary.id, lost)).toMatchObject({ ok: false, field: "model" });
	expect(await startRun({ question: FIRST, preset: "none", attachments: [file.id] })).toMatchObject({
		field: "preset",
	});
	expect(isTaken()).toBe(false);
	expect((await put([file.id])).ok).toBe(true);
	expect(isTaken()).toBe(true);
});

test("a file gets a name that nothing in the working directory has", async () => {
	const parent = await ask([]);
	const box = await boxFolder(parent, "main", true);
	expect(box).toBeDefined();
	writeFileSync(join(box ?? "", "depths.csv"), "made by the run");
	expect(await namesIn(await further(parent, [await attach("depths.csv", "m\n41\n")]))).toEqual(["depths (2).csv"]);
});

test("the built-in engine looks the new files up first and answers from them, asked the same question again too", async () => {
	const question = "Who designed the lighthouse of Ternholm?";
	const parent = await ask([await attach("a.md", "The lighthouse of Ternholm is white. It has a lamp.")], {
		preset: "extractive",
		question,
	});
	const child = await further(
		parent,
		[await attach("a.md", "The lighthouse of Ternholm was designed by Ada Quillfeather in 1871.")],
		question,
	);
	const events = await readEvents(child);
	const at = events.findIndex(({ type }) => type === "run.forked");
	expect(events[at]).not.toHaveProperty("attached");
	const opened = events.slice(at).flatMap((event) => (event.type === "model.replied" ? event.calls : []));
	expect(opened.slice(0, 2)).toMatchObject([
		{ name: "library_search", args: { q: question } },
		{ name: "read_page", args: { url: "library://attached/a (2).md" } },
	]);
	expect(viewOf(events).answer?.content).toMatch(/^\*\*Ada Quillfeather\*\* \[1\]/);
	expect(reportOf(viewOf(events))?.citations[0]).toMatchObject({ n: 1, url: "library://attached/a (2).md" });
	expect(new Set(await isRebuilt(child))).toEqual(new Set([true]));
});
