import "server-only";
import { z } from "zod";
import { env } from "../env";
import type { ReadFile } from "./attachment-text";
import { configuredFetch } from "./configured-fetch";
import { WebError } from "./web-error";

const LONGEST_MS = 600_000;

const TYPES: Record<string, string> = {
	mp3: "audio/mpeg",
	mpga: "audio/mpeg",
	m4a: "audio/mp4",
	wav: "audio/wav",
	ogg: "audio/ogg",
	oga: "audio/ogg",
	flac: "audio/flac",
	mp4: "video/mp4",
	webm: "video/webm",
	mov: "video/quicktime",
	mpeg: "video/mpeg",
};

const answerSchema = z.object({ text: z.string() });

/**
 * The words of a recording, by the transcription server of the settings (OpenAI's `audio/transcriptions`). Throws
 * `WebError`; without a server it names the setting.
 */
export async function transcribe(bytes: Uint8Array, name: string): Promise<ReadFile> {
	const text = await heardIn(bytes, name, LONGEST_MS);
	if (!text.trim()) throw new WebError("no_content", "The transcription server heard no words in this recording.");
	return { type: typeOf(name), title: "", text };
}

const typeOf = (name: string): string =>
	TYPES[name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";

/** What the transcription server hears in a recording within `waitMs`, which may be nothing. Throws `WebError`. */
export async function heardIn(bytes: Uint8Array, name: string, waitMs: number): Promise<string> {
	const { TRANSCRIBE_LLM_BASE_URL, TRANSCRIBE_LLM_MODEL, TRANSCRIBE_LLM_API_KEY } = env();
	if (!TRANSCRIBE_LLM_BASE_URL)
		throw new WebError(
			"unsupported_content",
			"Recordings need a transcription server: set TRANSCRIBE_LLM_BASE_URL. Or attach a transcript as text.",
		);
	const form = new FormData();
	form.set("file", new File([new Uint8Array(bytes)], name, { type: typeOf(name) }));
	form.set("model", TRANSCRIBE_LLM_MODEL);
	form.set("response_format", "json");
	const url = new URL("audio/transcriptions", `${TRANSCRIBE_LLM_BASE_URL.replace(/\/+$/, "")}/`);
	const headers = TRANSCRIBE_LLM_API_KEY ? { authorization: `Bearer ${TRANSCRIBE_LLM_API_KEY.reveal()}` } : {};
	const { status, text } = await configuredFetch(
		{ url, method: "POST", headers, form },
		AbortSignal.timeout(waitMs),
		waitMs,
	);
	if (status !== 200)
		throw new WebError("http_status", `The transcription server answered with status ${status}.`, { status });
	const { data } = answerSchema.safeParse(objectIn(text));
	if (!data) throw new WebError("unsupported_content", "The transcription server gave no transcript.");
	return data.text;
}

function objectIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
