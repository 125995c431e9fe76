import "server-only";
import { Agent, fetch as undiciFetch } from "undici";

/** Milliseconds; `firstByte` is the time a request may wait in the server's queue, `count` that of counting a prompt. */
export type ModelTimeouts = { connect: number; firstByte: number; idle: number; total: number; count: number };

export const TIMEOUTS: ModelTimeouts = {
	connect: 5000,
	firstByte: 600_000,
	idle: 120_000,
	total: 3_600_000,
	count: 15_000,
};

/**
 * The fetch of model requests. undici's own limits (300 s for headers and for silence) would kill a long prefill, so
 * they are off here and the caller watches the clock. No redirect is followed: key and prompt are for the address that was
 * set. undici's fetch must be used with undici's agent.
 */
export function modelFetch({ connect }: Pick<ModelTimeouts, "connect">): typeof globalThis.fetch {
	const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: connect } });
	const fetcher = (input: string | URL | Request, init?: RequestInit) =>
		undiciFetch(
			input as string,
			{ ...(init as object), dispatcher, redirect: "manual" } as Parameters<typeof undiciFetch>[1],
		);
	return fetcher as unknown as typeof globalThis.fetch;
}
