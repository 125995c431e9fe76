import "server-only";
import { request } from "undici";
import { z } from "zod";
import { env } from "../env";
import type { ExtractedPage } from "./html";
import { WebError } from "./web-error";

const TIMEOUT_MS = 40_000;
const MAX_BYTES = 10_000_000;

const answerSchema = z.looseObject({
	data: z.looseObject({ title: z.string().nullish(), content: z.string(), publishedTime: z.string().nullish() }),
});

/**
 * A page that its own scripts write, as the configured Jina reader sees it; undefined when none is configured or it saw
 * nothing either. Throws `WebError` when the reader fails. The address has passed the checks of a reading of our own.
 */
export async function renderingOf(url: string, signal: AbortSignal): Promise<ExtractedPage | undefined> {
	const { JINA_API_KEY, JINA_BASE_URL } = env();
	const base = JINA_BASE_URL ?? (JINA_API_KEY && "https://r.jina.ai");
	if (!base) return undefined;
	const { title, content, publishedTime } = await ask(
		`${base.replace(/\/+$/, "")}/${url}`,
		JINA_API_KEY?.reveal(),
		signal,
	);
	if (content.trim() === "") return undefined;
	return { title: title ?? "", text: content, ...(publishedTime && { date: publishedTime.slice(0, 40) }) };
}

async function ask(address: string, key: string | undefined, signal: AbortSignal) {
	const deadline = AbortSignal.timeout(TIMEOUT_MS);
	try {
		const { statusCode, body } = await request(address, {
			signal: AbortSignal.any([signal, deadline]),
			headers: { accept: "application/json", ...(key && { authorization: `Bearer ${key}` }) },
		});
		if (statusCode !== 200) throw failed(REASONS[statusCode] ?? `answered ${statusCode}`);
		const chunks: Buffer[] = [];
		let total = 0;
		for await (const chunk of body) {
			total += (chunk as Buffer).length;
			if (total > MAX_BYTES) throw failed("answered with more than 10 MB");
			chunks.push(chunk as Buffer);
		}
		return answerSchema.parse(JSON.parse(Buffer.concat(chunks).toString("utf8"))).data;
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof WebError) throw error;
		throw failed(deadline.aborted ? "did not answer in time" : "could not be reached or understood", error);
	}
}

const REASONS: Record<number, string> = {
	401: "refuses JINA_API_KEY",
	402: "has no credit left",
	422: "could not render the page",
	429: "asks for fewer requests",
};

const failed = (why: string, cause?: unknown): WebError =>
	new WebError("no_content", `The page is made by scripts, and the Jina reader ${why}.`, { cause });
