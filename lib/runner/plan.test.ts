import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PNG } from "../../e2e/fixtures/attached";
import { attach } from "../../e2e/fixtures/attaching";
import { research } from "../../e2e/vllm/policies";
import { type StandIn, startStandIn } from "../../e2e/vllm/server";
import { closeStore } from "../db/client";
import { readEvents } from "../db/events";
import { closeLibrary, indexInstalledDocs } from "../library/library";
import { viewOf } from "../trajectory/view";
import { closeExtraction } from "../web/extract";
import { forkRun } from "./fork";
import { planFor } from "./plan";
import { cancelRun, settled, startRun } from "./runner";

const folder = mkdtempSync(join(tmpdir(), "soundings-plan-"));
const QUESTION = "How are server actions cached?";
let server: StandIn;

beforeAll(async () => {
	const steady = research(3, 100);
	server = await startStandIn({
		policy: (body) =>
			JSON.stringify(body.messages[0]?.content).includes("Somebody wants")
				? {
						content:
							"<think>Hm.</think>Questions:\n- Which version?\n\nPlan:\n- Look at the guide.\n- Check the changelog.",
					}
				: steady(body),
		model: "mirothinker-1.0-test",
	});
	process.env.DATA_DIR = folder;
	process.env.LLM_BASE_URL = `${server.url}/v1`;
	process.env.LLM_MODEL = "mirothinker-1.0-test";
	process.env.LLM_SEES_IMAGES = "on";
	await indexInstalledDocs();
}, 60_000);

afterAll(async () => {
	await closeLibrary();
	await closeExtraction();
	closeStore();
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

const signal = new AbortController().signal;

test("the model is asked what it wants to know and how it would go about it; nothing is stored", async () => {
	expect(await planFor({ question: QUESTION }, signal)).toEqual({
		ok: true,
		questions: ["Which version?"],
		steps: ["Look at the guide.", "Check the changelog."],
	});
	expect(server.requests.at(-1)?.body.messages[0]?.content).toContain(QUESTION);
});

test("the plan is made from the attached files, told and shown as the run's first message does", async () => {
	const files = [await attach("log.md", "The line was of {hemp}."), await attach("chart.png", PNG)];
	const attachments = files.map(({ id }) => id);
	expect(await planFor({ question: QUESTION, attachments }, signal)).toMatchObject({ ok: true });
	const told = server.requests.at(-1)?.body.messages[0]?.content as unknown as { text?: string }[];
	const started = await startRun({ question: QUESTION, attachments });
	if (!started.ok) throw new Error(started.message);
	await cancelRun(started.runId);
	await settled(started.runId);
	const [first] = await readEvents(started.runId);
	const attached = first?.type === "run.started" ? first.attached : undefined;
	expect(attached).toContain("The line was of {hemp}.");
	expect(told[0]?.text).toContain(`${QUESTION}${attached}`);
	expect(told[1]).toEqual({
		type: "image_url",
		image_url: { url: `data:image/png;base64,${PNG.toString("base64")}` },
	});
	const gone = { question: QUESTION, attachments: [crypto.randomUUID()] };
	expect(await planFor(gone, signal)).toMatchObject({ ok: false, field: "attachments" });
});

test("a file that a plan was made from is not taken by it", async () => {
	const { id } = await attach("b.md", "unasked");
	await planFor({ question: QUESTION, attachments: [id] }, signal);
	expect(readdirSync(join(folder, "attachments", id)).sort()).toEqual(["about.json", "file", "text"]);
});

test("bad input and an engine that cannot plan name their field", async () => {
	expect(await planFor({ question: " " }, signal)).toMatchObject({ ok: false, field: "question" });
	expect(await planFor({ question: QUESTION, preset: "extractive" }, signal)).toMatchObject({ field: "preset" });
});

test("what was agreed is recorded, told to the model at each turn, kept by a fork and dropped by a further question", async () => {
	const plan = "Asked and answered:\n- Which version?\n  16\n\nPlan:\nLook at the guide.";
	const started = await startRun({ question: QUESTION, plan });
	if (!started.ok) throw new Error(started.message);
	await settled(started.runId);
	expect(viewOf(await readEvents(started.runId)).plan).toBe(plan);
	const told = (body: { messages: { content?: string | null }[] }) =>
		body.messages[1]?.content?.includes("Look at the guide.");
	expect(server.requests.filter(({ body }) => told(body)).length).toBeGreaterThan(3);
	const before = server.requests.length;
	const forked = await forkRun(started.runId, { kind: "from_call", call: 1, calls: 1 });
	await settled(forked.ok ? (forked.runIds[0] ?? "") : "");
	expect(server.requests.slice(before).every(({ body }) => body.messages.length === 1 || told(body))).toBe(true);
	const further = await forkRun(started.runId, { kind: "follow_up", question: "And on the client?", calls: 1 });
	await settled(further.ok ? (further.runIds[0] ?? "") : "");
	const last = server.requests.at(-1)?.body.messages.filter(({ content }) => content?.includes("Look at the guide."));
	expect(last).toHaveLength(1);
});
