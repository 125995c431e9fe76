import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { serveWeb, type WebServer } from "../../e2e/fixtures/web-server";
import { env, layUnder } from "../env";
import { trialOf } from "./trial";

const folder = mkdtempSync(join(tmpdir(), "trial-"));
const heard: { path: string | undefined; key: string | undefined; bytes: Buffer }[] = [];
let answer = { status: 200, body: "" };
let server: WebServer;

beforeAll(async () => {
	process.env.DATA_DIR = folder;
	server = await serveWeb((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			heard.push({ path: request.url, key: request.headers.authorization, bytes: Buffer.concat(chunks) });
			response.writeHead(answer.status).end(answer.body);
		});
	});
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
	layUnder({});
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

const listen = () => {
	layUnder({ TRANSCRIBE_LLM_BASE_URL: `${server.url}/v1`, TRANSCRIBE_LLM_API_KEY: "sk-ears" });
	return trialOf({ what: "transcription", of: "" });
};

test("a transcription server is tried with a second of silence; hearing nothing in it is right", async () => {
	answer = { status: 200, body: JSON.stringify({ text: "" }) };
	expect(await listen()).toMatchObject({
		ok: true,
		findings: [{ ok: true, detail: "whisper-1 listened to a second of silence." }],
	});
	expect(env().TRANSCRIBE_LLM_MODEL).toBe("whisper-1");
	const [sent] = heard;
	expect(sent).toMatchObject({ path: "/v1/audio/transcriptions", key: "Bearer sk-ears" });
	const start = sent?.bytes.indexOf("RIFF") ?? -1;
	const wav = sent?.bytes.subarray(start) ?? Buffer.alloc(0);
	expect(wav.toString("latin1", 8, 16)).toBe("WAVEfmt ");
	expect(wav.readUInt32LE(40) / wav.readUInt32LE(28)).toBe(1);
});

test.each([
	[401, "{}", "The transcription server answered with status 401."],
	[200, "<p>Welcome</p>", "The transcription server gave no transcript."],
	[200, '{"data":[]}', "The transcription server gave no transcript."],
])("one that answers %i %s does not work, and what mends it is named", async (status, body, detail) => {
	answer = { status, body };
	expect(await listen()).toMatchObject({
		ok: false,
		findings: [{ ok: false, detail, remedy: expect.stringContaining("TRANSCRIBE_LLM_BASE_URL") }],
	});
});

test("without an address there is nothing to try", async () => {
	layUnder({});
	expect(await trialOf({ what: "transcription", of: "" })).toMatchObject({
		ok: false,
		findings: [{ detail: "TRANSCRIBE_LLM_BASE_URL is not set; there is no server to try." }],
	});
});
