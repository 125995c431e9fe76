import "server-only";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { env } from "../env";
import { incomingOf, refusal } from "./request-guard";

export type UploadRefusal = { ok: false; status: number; reason: string };
type Received = { ok: true; bytes: number } | UploadRefusal;
type Place = { path: string; maxBytes: number };

const refused = (status: number, reason: string): UploadRefusal => ({ ok: false, status, reason });

/**
 * What stands before a route that takes a file: the guard that the proxy asks for all other routes (a body that passes
 * the proxy is held in memory), and the announced size. Undefined when the body may be read.
 */
export function refusalOfUpload(request: Request, maxBytes: number): UploadRefusal | undefined {
	const { PORT, HOST, SHARE_ORIGIN } = env();
	const incoming = incomingOf(request.method, request.headers, new URL(request.url).pathname);
	const found = refusal(incoming, { port: PORT, host: HOST, shareOrigin: SHARE_ORIGIN });
	if (found) return refused(found.status, found.reason);
	if (!request.body) return refused(400, "The request has no file in it.");
	return announced(request) > maxBytes ? tooLarge(maxBytes) : undefined;
}

/** Writes the body of a request to a new file as it comes, and removes it again when it is refused or cut short. */
export async function receiveUpload(request: Request, { path, maxBytes }: Place): Promise<Received> {
	const before = refusalOfUpload(request, maxBytes);
	if (before || !request.body) return before ?? refused(400, "The request has no file in it.");
	let bytes = 0;
	const counted = new Transform({
		transform(chunk: Buffer, _, done) {
			bytes += chunk.length;
			if (bytes > maxBytes) done(new TooLarge());
			else done(null, chunk);
		},
	});
	try {
		const body = Readable.fromWeb(request.body as NodeStream);
		await pipeline(body, counted, createWriteStream(path, { flags: "wx", mode: 0o600 }), { signal: request.signal });
	} catch (error) {
		await rm(path, { force: true });
		if (error instanceof TooLarge) return tooLarge(maxBytes);
		return isDiskFull(error)
			? refused(507, "The disk of DATA_DIR is full. Make room on it and try again.")
			: refused(400, "The file was cut short on its way. Send it again.");
	}
	if (announced(request) <= bytes) return { ok: true, bytes };
	await rm(path, { force: true });
	return refused(400, "The file was cut short on its way. Send it again.");
}

class TooLarge extends Error {}

const announced = (request: Request): number => Number(request.headers.get("content-length") ?? 0);
const tooLarge = (most: number): UploadRefusal =>
	refused(413, `Larger than ${most / 1e6} MB. Split it into smaller files.`);
const isDiskFull = (error: unknown): boolean =>
	error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
