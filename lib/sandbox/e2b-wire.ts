import "server-only";
import { request } from "undici";
import { E2bFault } from "./e2b-fault";

/** Ports inside a sandbox: of its files and processes, of its interpreter. */
export const ENVD = 49_983;
export const INTERPRETER = 49_999;

/** The ways into one sandbox. `headers` hold what opens them. */
export type E2bDoors = { id: string; address(port: number): string; headers: Record<string, string> };

/** `path` with its query. */
export type Wired = {
	port: typeof ENVD | typeof INTERPRETER;
	path: string;
	method?: "GET" | "POST";
	headers?: Record<string, string>;
	body?: string | Uint8Array;
};
type Answer = { status: number; body: AsyncIterable<Uint8Array> & { dump(): Promise<void> } };

/**
 * One request into a sandbox. What answers there is as little to be trusted as the code in it, which may be root: no
 * redirect is followed, and whoever reads the body counts its bytes. Throws `E2bFault`, or the reason of `signal` unless
 * that is a deadline.
 */
export async function wired(doors: E2bDoors, asked: Wired, signal: AbortSignal): Promise<Answer> {
	const { port, path, method = "POST", headers, body } = asked;
	const answer = await request(`${doors.address(port)}${path}`, {
		method,
		headers: {
			...doors.headers,
			"e2b-sandbox-id": doors.id,
			"e2b-sandbox-port": String(port),
			...headers,
		},
		...(body !== undefined && { body }),
		signal,
		headersTimeout: 0,
		bodyTimeout: 0,
	}).catch((error: unknown) => {
		throw faultOf(error, signal);
	});
	return { status: answer.statusCode, body: answer.body };
}

/** The same, where every status but a good one is a failure. */
export async function wiredWell(doors: E2bDoors, asked: Wired, signal: AbortSignal): Promise<Answer> {
	const answer = await wired(doors, asked, signal);
	if (answer.status === 200) return answer;
	await answer.body.dump();
	throw faultOfStatus(answer.status);
}

/** What a status other than a good one means. */
export function faultOfStatus(status: number): E2bFault {
	if (status === 404 || status === 502) return new E2bFault("gone", "The sandbox at E2B has ended.");
	if (status === 429) return new E2bFault("refused", "E2B is asked too often now. Wait a little.");
	if (status === 507) return new E2bFault("refused", "The disk of the sandbox at E2B is full.");
	return new E2bFault("refused", `The sandbox at E2B answered with status ${status}.`);
}

function faultOf(error: unknown, signal: AbortSignal): unknown {
	if (error instanceof E2bFault) return error;
	if (!signal.aborted) return new E2bFault("gone", "The connection to the sandbox at E2B broke off.");
	const isLate = signal.reason instanceof DOMException && signal.reason.name === "TimeoutError";
	return isLate ? new E2bFault("late", "The sandbox at E2B did not answer in time.") : signal.reason;
}

/** The pieces of a body; more than `most` bytes, a lost connection and the signal are failures as in `wired`. */
export async function* piecesOf(
	body: AsyncIterable<Uint8Array>,
	most: number,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	let total = 0;
	try {
		for await (const piece of body) {
			total += piece.length;
			if (total > most) throw new E2bFault("too_much", `The sandbox at E2B sent more than ${most} bytes.`);
			yield piece;
		}
	} catch (error) {
		throw faultOf(error, signal);
	}
}

/** A whole body of at most `most` bytes as the JSON it is; undefined when it is none. */
export async function jsonOf(body: AsyncIterable<Uint8Array>, most: number, signal: AbortSignal): Promise<unknown> {
	const pieces: Uint8Array[] = [];
	for await (const piece of piecesOf(body, most, signal)) pieces.push(piece);
	return parsed(Buffer.concat(pieces));
}

function parsed(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(Buffer.from(bytes).toString("utf8"));
	} catch {
		return undefined;
	}
}

/** Values that come one a line, as JSON; a line that is none is undefined. */
export async function* lineValues(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
	let open: Uint8Array[] = [];
	for await (const piece of pieces) {
		let from = 0;
		for (let end = piece.indexOf(0x0a); end >= 0; end = piece.indexOf(0x0a, from)) {
			yield parsed(Buffer.concat([...open, piece.subarray(from, end)]));
			open = [];
			from = end + 1;
		}
		open.push(piece.subarray(from));
	}
	const last = Buffer.concat(open);
	if (last.length > 0) yield parsed(last);
}

const ENVELOPE = 5;
const COMPRESSED = 1;
const LAST = 2;

/** The values of a stream of the Connect protocol, each in its envelope; a failure told at its end throws. */
export async function* envelopeValues(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
	let open: Uint8Array[] = [];
	let length = 0;
	let wanted = ENVELOPE;
	for await (const piece of pieces) {
		open.push(piece);
		length += piece.length;
		if (length < wanted) continue;
		let bytes = Buffer.concat(open);
		for (wanted = sizeOf(bytes); bytes.length >= wanted; wanted = sizeOf(bytes)) {
			const [flags = 0, value] = [bytes[0], parsed(bytes.subarray(ENVELOPE, wanted))];
			if (flags & COMPRESSED) throw new E2bFault("refused", "The sandbox at E2B answered in packed form.");
			if (flags & LAST) return refuseError(value);
			yield value;
			bytes = bytes.subarray(wanted);
		}
		open = [bytes];
		length = bytes.length;
	}
	throw new E2bFault("gone", "The connection to the sandbox at E2B broke off.");
}

/** Bytes that the first envelope needs to be whole. */
const sizeOf = (bytes: Buffer): number => ENVELOPE + (bytes.length < ENVELOPE ? 0 : bytes.readUInt32BE(1));

function refuseError(end: unknown): void {
	const error = end !== null && typeof end === "object" && "error" in end ? end.error : undefined;
	if (error === undefined || error === null || typeof error !== "object") return;
	const code = "code" in error ? error.code : undefined;
	if (code === "deadline_exceeded") throw new E2bFault("late", "The command took too long.");
	if (code === "unavailable" || code === "not_found") throw new E2bFault("gone", "The sandbox at E2B has ended.");
	throw new E2bFault("refused", "The sandbox at E2B did not run the command.");
}

/** One message in the envelope of the Connect protocol. */
export function enveloped(message: unknown): Uint8Array {
	const bytes = Buffer.from(JSON.stringify(message));
	const head = Buffer.alloc(ENVELOPE);
	head.writeUInt32BE(bytes.length, 1);
	return Buffer.concat([head, bytes]);
}
