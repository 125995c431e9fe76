import "server-only";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { WebError } from "./web-error";

type Limits = { compressed: number; decoded: number };

const DECODERS = {
	gzip: createGunzip,
	"x-gzip": createGunzip,
	deflate: createInflate,
	br: createBrotliDecompress,
};

const MAX_ENCODINGS = 2;

/** A response body with its content encodings undone, counted as it comes; over a limit it is dropped. */
export async function decoded(
	body: AsyncIterable<Uint8Array>,
	encoding: string | undefined,
	limits: Limits,
): Promise<Buffer> {
	const names = (encoding ?? "")
		.split(",")
		.map((name) => name.trim().toLowerCase())
		.filter((name) => name !== "" && name !== "identity");
	if (names.length > MAX_ENCODINGS) throw unsupported();
	let stream: AsyncIterable<Uint8Array> = capped(body, limits.compressed);
	for (const name of names.reverse()) {
		const make = DECODERS[name as keyof typeof DECODERS];
		if (!make) throw unsupported();
		stream = through(stream, make());
	}
	const chunks: Uint8Array[] = [];
	for await (const chunk of capped(stream, limits.decoded)) chunks.push(chunk);
	return Buffer.concat(chunks);
}

const unsupported = (): WebError =>
	new WebError("unsupported_encoding", "The page is compressed in a way that is not read here.");

async function* capped(stream: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
	let total = 0;
	for await (const chunk of stream) {
		total += chunk.length;
		if (total > limit) throw new WebError("too_large", `The page is larger than ${Math.round(limit / 1e6)} MB.`);
		yield chunk;
	}
}

async function* through(
	stream: AsyncIterable<Uint8Array>,
	decoder: NodeJS.ReadWriteStream,
): AsyncGenerator<Uint8Array> {
	const feeding = (async () => {
		for await (const chunk of stream) {
			if (!decoder.write(chunk)) await new Promise((drained) => decoder.once("drain", drained));
		}
		decoder.end();
	})();
	feeding.catch(
		(error: unknown) => "destroy" in decoder && (decoder as { destroy(error: unknown): void }).destroy(error),
	);
	for await (const chunk of decoder) yield chunk as unknown as Uint8Array;
	await feeding;
}
