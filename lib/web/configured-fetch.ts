import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { request } from "undici";
import { WebError } from "./web-error";

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 5_000_000;

/**
 * A request to a service whose address stands in the settings (a search provider): trusted to be reached, its answer
 * is not. No redirects; tried again once after a server error. Throws `WebError`.
 */
export async function configuredFetch(url: URL, signal: AbortSignal): Promise<{ status: number; text: string }> {
	const first = await once(url, signal);
	if (first.status < 500) return first;
	await wait(1000, undefined, { signal });
	return once(url, signal);
}

async function once(url: URL, signal: AbortSignal): Promise<{ status: number; text: string }> {
	const deadline = AbortSignal.timeout(TIMEOUT_MS);
	try {
		const { statusCode, body } = await request(url, {
			signal: AbortSignal.any([signal, deadline]),
			headers: { accept: "application/json" },
		});
		const chunks: Buffer[] = [];
		let total = 0;
		for await (const chunk of body) {
			total += (chunk as Buffer).length;
			if (total > MAX_BYTES) throw new WebError("too_large", `${url.host} answered with more than 5 MB.`);
			chunks.push(chunk as Buffer);
		}
		return { status: statusCode, text: Buffer.concat(chunks).toString("utf8") };
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof WebError) throw error;
		throw failureOf(url, deadline.aborted, error);
	}
}

function failureOf(url: URL, late: boolean, cause: unknown): WebError {
	const what = late ? "did not answer in time" : "could not be reached";
	return new WebError(late ? "timeout" : "unreachable", `The search service at ${url.host} ${what}.`, { cause });
}
