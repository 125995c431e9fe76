import "server-only";
import { request } from "undici";
import { WebError } from "./web-error";

const MAX_BYTES = 5_000_000;

/** `body` is sent as JSON, `form` as the parts it has. */
export type ServiceRequest = {
	url: URL;
	method?: "GET" | "POST";
	headers?: Record<string, string>;
	body?: unknown;
	form?: FormData;
};
/** `retryAfter` as the service sent it: seconds or a date. */
export type ServiceAnswer = { status: number; retryAfter: string | undefined; text: string };

/**
 * A request to a service that stands in the settings (a search provider): trusted to be reached, its answer is not. No
 * redirects, at most 5 MB within `timeoutMs`. Throws `WebError`, whose sentence holds neither key nor path, or the reason
 * of `signal`.
 */
export async function configuredFetch(
	{ url, method = "GET", headers, body, form }: ServiceRequest,
	signal: AbortSignal,
	timeoutMs: number,
): Promise<ServiceAnswer> {
	const deadline = AbortSignal.timeout(timeoutMs);
	const sent = form ? await partsOf(form) : jsonOf(body);
	try {
		const answer = await request(withoutUser(url), {
			method,
			signal: AbortSignal.any([signal, deadline]),
			headers: { accept: "application/json", ...authorization(url), ...headers, ...sent?.headers },
			...(sent && { body: sent.body }),
		});
		const retryAfter = answer.headers["retry-after"];
		return {
			status: answer.statusCode,
			retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
			text: await textOf(answer.body, url),
		};
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof WebError) throw error;
		throw failureOf(url, deadline.aborted);
	}
}

type SentBody = { headers: Record<string, string>; body: string | Buffer };

const jsonOf = (body: unknown): SentBody | undefined =>
	body === undefined ? undefined : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };

/** Made into bytes first: undici's `request` waits for ever on a form. */
async function partsOf(form: FormData): Promise<SentBody> {
	const packed = new Response(form);
	const type = packed.headers.get("content-type") ?? "multipart/form-data";
	return { headers: { "content-type": type }, body: Buffer.from(await packed.arrayBuffer()) };
}

async function textOf(body: AsyncIterable<Uint8Array>, url: URL): Promise<string> {
	const chunks: Uint8Array[] = [];
	let total = 0;
	for await (const chunk of body) {
		total += chunk.length;
		if (total > MAX_BYTES) throw new WebError("too_large", `${url.host} answered with more than 5 MB.`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}

/** A name and password in a configured address are sent as such, and stand in no message. */
function authorization({ username, password }: URL): Record<string, string> {
	if (!username && !password) return {};
	const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

function withoutUser(url: URL): URL {
	const bare = new URL(url);
	bare.username = "";
	bare.password = "";
	return bare;
}

/** Without a cause: what the network library says may hold the request, and with it the key. */
function failureOf(url: URL, late: boolean): WebError {
	const what = late ? "did not answer in time" : "could not be reached";
	return new WebError(late ? "timeout" : "unreachable", `The service at ${url.host} ${what}.`);
}
