import { listShareBodies, readSharePart } from "@/lib/db/shares";

/**
 * The whole texts of a shared run's events at once, so that a reader can look through them: a line each, the JSON of
 * number and text. One text is held at a time. The same 404 for whatever is not there.
 */
export async function GET(_request: Request, { params }: RouteContext<"/share/[token]/bodies">): Promise<Response> {
	const { token } = await params;
	const seqs = await listShareBodies(token);
	if (seqs.length === 0) return new Response("Not found.\n", { status: 404, headers: PLAIN });
	const lines = linesOf(token, seqs);
	const stream = new ReadableStream<Uint8Array>({
		pull: async (controller) => {
			const { value, done } = await lines.next();
			if (done) controller.close();
			else controller.enqueue(value);
		},
	});
	return new Response(stream, { headers: PLAIN });
}

const PLAIN = { "content-type": "text/plain; charset=utf-8" };

/** Breaks off when the link ends meanwhile: a part must not be taken for all. */
async function* linesOf(token: string, seqs: readonly number[]): AsyncGenerator<Uint8Array, undefined> {
	const encoder = new TextEncoder();
	for (const seq of seqs) {
		const text = await readSharePart(token, `body/${seq}`);
		if (text === undefined) throw new Error("The link ended while its texts were read.");
		yield encoder.encode(`${JSON.stringify([seq, text])}\n`);
	}
}
