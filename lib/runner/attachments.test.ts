import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PNG, pdfOf, zipOf } from "../../e2e/fixtures/attached";
import { askWith, attach, sent } from "../../e2e/fixtures/attaching";
import { serveWeb, type WebServer } from "../../e2e/fixtures/web-server";
import { script } from "../../e2e/vllm/policies";
import { type StandIn, startStandIn } from "../../e2e/vllm/server";
import { closeStore } from "../db/client";
import { readEvents, readSlimEvents } from "../db/events";
import { deleteRuns, purgeRuns } from "../db/runs";
import { closeLibrary, collections } from "../library/library";
import type { AskInput } from "../trajectory/ask";
import type { Attachment } from "../trajectory/event";
import { closeExtraction } from "../web/extract";
import { attachmentWaiting, forgetAttachment, purgeAttachments, readAttached } from "./attachments";
import { contextAt } from "./context-at";
import { forkRun } from "./fork";
import { settled, startRun } from "./runner";

const folder = mkdtempSync(join(tmpdir(), "soundings-attach-"));
const answer = { content: "It is 41 m deep." };
const asked: { messages: { role: string; content: unknown }[] }[] = [];
let model: StandIn;
let recorder: WebServer;

beforeAll(async () => {
	const search = { calls: [{ name: "library_search", args: { q: "quillwort" } }] };
	const page = { calls: [{ name: "read_page", args: { url: "library://attached/long.txt", start: 20_000 } }] };
	const policy = script([search, page, answer, answer], true);
	model = await startStandIn({
		policy: (body) => {
			asked.push(structuredClone(body) as (typeof asked)[number]);
			return policy(body);
		},
		model: "stand-in",
	});
	recorder = await serveWeb((request, response) => {
		let body = "";
		request.setEncoding("latin1").on("data", (text) => {
			body += text;
		});
		request.on("end", () =>
			response.end(JSON.stringify({ text: `heard ${/name="model"\r\n\r\n(\S+)/.exec(body)?.[1]}` })),
		);
	});
	Object.assign(process.env, {
		DATA_DIR: folder,
		LLM_BASE_URL: `${model.url}/v1`,
		LLM_MODEL: "stand-in",
		LLM_SEES_IMAGES: "on",
		PYTHON_SANDBOX: "off",
		TRANSCRIBE_LLM_BASE_URL: `${recorder.url}/v1`,
		TRANSCRIBE_LLM_MODEL: "ears",
	});
});
afterAll(async () => {
	await closeLibrary();
	await closeExtraction();
	closeStore();
	await model.close();
	await recorder.close();
	rmSync(folder, { recursive: true, force: true });
});

const ask = (files: readonly Attachment[], more: Partial<AskInput> = {}) =>
	askWith(files, { question: "How deep is it?", ...more });
const places = () => readdirSync(join(folder, "attachments")).sort();
const hashesOf = async (runId: string) =>
	(await readEvents(runId)).flatMap((event) => (event.type === "model.requested" ? [event] : []));

test("what cannot be read or comes from elsewhere is refused and leaves nothing", async () => {
	expect(await sent("scan.pdf", pdfOf(""))).toMatchObject({ status: 422, reason: expect.stringContaining("scan") });
	expect(await sent("bomb.zip", zipOf({ "../a": "x" }))).toMatchObject({ status: 422 });
	expect(await sent("a.doc", "x")).toMatchObject({ status: 415, reason: expect.stringContaining(".docx") });
	expect(await sent("..", "x")).toMatchObject({ status: 400 });
	expect(await sent("a.md", "x", { origin: "https://evil.test" })).toMatchObject({ status: 403 });
	expect(await sent("a.md", "x", { host: "evil.test" })).toMatchObject({ status: 421 });
	expect(await sent("a.md", "x", { "content-length": "50000001" })).toMatchObject({ status: 413 });
	expect(existsSync(join(folder, "attachments")) ? places() : []).toEqual([]);
});

test("a recording is put into words by the server of the settings", async () => {
	const heard = await attach("talk.mp3", "ID3");
	expect(heard).toMatchObject({ type: "audio/mpeg", chars: "heard ears".length });
	await forgetAttachment(heard.id);
	expect(await attachmentWaiting(heard.id)).toBeUndefined();
});

test("the model reads the files, searches them, is shown the picture, and every request can be rebuilt", async () => {
	asked.length = 0;
	const files = [
		await attach("log.pdf", pdfOf("The quillwort line touched ground at 41 m.")),
		await attach("long.txt", `${"fathom ".repeat(3000)}the end`),
		await attach("chart.png", PNG),
	];
	const runId = await ask(files);
	const [first, ...rest] = await readEvents(runId);
	expect(first).toMatchObject({
		attachments: [
			{ name: "log.pdf", hash: /^[0-9a-f]{64}$/ },
			{ name: "long.txt", chars: 21_007 },
			{ shown: true },
		].map((file) => expect.objectContaining("hash" in file ? { name: file.name } : file)),
		attached: expect.stringContaining("touched ground at 41 m."),
	});
	const task = asked[0]?.messages[1]?.content;
	expect(task).toEqual([
		{ type: "text", text: expect.stringMatching(/How deep is it\?[\s\S]*touched ground at 41 m\.[\s\S]*start 20000/) },
		{ type: "image_url", image_url: { url: `data:image/png;base64,${PNG.toString("base64")}` } },
	]);
	const results = rest.flatMap((event) => (event.type === "tool.returned" ? [event] : []));
	expect(results[0]).toMatchObject({ status: "ok", text: expect.stringContaining("library://attached/log.pdf") });
	expect(results[1]).toMatchObject({ status: "ok", text: expect.stringContaining("the end") });
	for (const { turn, requestHash } of await hashesOf(runId))
		expect((await contextAt(runId, turn))?.hash).toMatchObject({ rebuilt: requestHash });
	const [slim] = await readSlimEvents(runId, 0, 1);
	expect(slim).toMatchObject({ attachments: expect.any(Array) });
	expect(slim).not.toHaveProperty("attached");
	expect((await readAttached(runId, files[2]?.id ?? ""))?.bytes).toEqual(PNG);
	expect(await readAttached(runId, crypto.randomUUID())).toBeUndefined();
	expect(await collections()).toEqual([]);
});

test("a further question and a fork keep the files; they go with the last run that has them, not before", async () => {
	const [file, other] = [await attach("log.md", "The quillwort line was of hemp."), await attach("b.md", "unasked")];
	const runId = await ask([file as Attachment]);
	const forks = await forkRun(runId, { kind: "follow_up", question: "And of what was it made?" });
	if (!forks.ok) throw new Error(forks.message);
	const [child = ""] = forks.runIds;
	await settled(child);
	const events = await readEvents(child);
	expect(events[0]).toMatchObject({ attachments: [{ id: file?.id }], attached: expect.stringContaining("of hemp") });
	for (const { turn, requestHash } of await hashesOf(child))
		expect((await contextAt(child, turn))?.hash).toMatchObject({ rebuilt: requestHash });
	await forgetAttachment(file?.id ?? "");
	await deleteRuns([runId]);
	await purgeRuns(Date.now() + 1);
	await purgeAttachments();
	expect((await readAttached(child, file?.id ?? ""))?.bytes.toString()).toContain("hemp");
	await deleteRuns([child]);
	await purgeRuns(Date.now() + 1);
	await purgeAttachments(Date.now() + 100_000);
	expect(places()).not.toContain(file?.id);
	expect(places()).toContain(other?.id);
});

test("MiroThinker's models get upstream's section; the built-in engine looks its texts up and answers from them", async () => {
	const upstream = await ask([await attach("log.md", "Hemp.")], { preset: "mirothinker-1.7" });
	const [first] = await readEvents(upstream);
	expect(first).toMatchObject({ attached: "\n\n## Markdown\n\nFile: log.md\n\n```\nHemp.\n```" });
	const text = "The lighthouse of Ternholm was designed by Ada Quillfeather in 1871.";
	const engine = await ask([await attach("log.md", text)], {
		preset: "extractive",
		question: "Who designed the lighthouse of Ternholm?",
	});
	const events = await readEvents(engine);
	expect(events[0]).not.toHaveProperty("attached");
	const said = events.flatMap((event) => (event.type === "model.replied" ? [event.content] : []));
	expect(said.at(-1)).toContain("Ada Quillfeather");
});

test("a file that is gone and too many files are refused before a run begins", async () => {
	const input = { question: "How deep is it?", preset: "generic" };
	const gone = await startRun({ ...input, attachments: [crypto.randomUUID()] });
	expect(gone).toMatchObject({ ok: false, field: "attachments", message: expect.stringContaining("Attach it again") });
	expect(await startRun({ ...input, attachments: ["../../etc"] })).toMatchObject({ ok: false, field: "attachments" });
	const many = Array.from({ length: 11 }, () => crypto.randomUUID());
	expect(await startRun({ ...input, attachments: many })).toMatchObject({ ok: false, field: "attachments" });
});
