import "server-only";
import { Agent, fetch as undiciFetch } from "undici";

const CONNECT_MS = 10_000;
/** Bytes of one answer. A stream that is open for long and reaches them is opened anew by its client. */
const MAX_BYTES = 16_000_000;

/**
 * The fetch of clients that bring their own protocol to a service whose address stands in the settings: that address
 * may be private, redirects are not followed, and an answer that does not end is cut off. They watch the clock.
 */
export function configuredStream(): typeof globalThis.fetch {
	const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: CONNECT_MS } });
	const fetcher = async (input: string | URL, init?: RequestInit): Promise<Response> => {
		const options = { ...(init as object), dispatcher, redirect: "manual" } as Parameters<typeof undiciFetch>[1];
		const response = (await undiciFetch(input, options)) as unknown as Response;
		const { status, headers, body } = response;
		if (status >= 300 && status < 400) {
			await body?.cancel();
			throw new Error("It redirects elsewhere, which is not followed. Set the address it redirects to.");
		}
		if (!body) return response;
		return new Response(body.pipeThrough(bounded()), { status, headers: new Headers([...headers]) });
	};
	return fetcher as unknown as typeof globalThis.fetch;
}

function bounded(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
	let total = 0;
	return new TransformStream({
		transform(chunk, controller) {
			total += chunk.byteLength;
			if (total > MAX_BYTES) controller.error(new Error(`The answer has more than ${MAX_BYTES / 1e6} MB.`));
			else controller.enqueue(chunk);
		},
	});
}
