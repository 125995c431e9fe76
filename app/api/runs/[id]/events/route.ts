import { readSummary } from "@/lib/db/runs";
import { tailEvents } from "@/lib/runner/tail";
import type { RunEvent } from "@/lib/trajectory/event";

const text = new TextEncoder();
const frame = (event: RunEvent) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
const HEARTBEAT = ": nothing new\n\n";

/** Where a client was: the number of the last event it saw. Anything else means from the beginning. */
function seenUpTo(request: Request): number {
	const told = request.headers.get("last-event-id")?.trim() ?? "";
	const seq = /^\d+$/.test(told) ? Number(told) : 0;
	return Number.isSafeInteger(seq) ? seq : 0;
}

/**
 * The events of a run as server-sent events: `id` is the event's `seq`, so that a client that comes back with
 * `Last-Event-ID` misses nothing. Ends when the run has ended; a comment every 15 s keeps the line open.
 */
export async function GET(request: Request, { params }: RouteContext<"/api/runs/[id]/events">): Promise<Response> {
	const { id } = await params;
	if (!(await readSummary(id))) return Response.json({ error: "There is no such run." }, { status: 404 });
	const abort = new AbortController();
	const batches = tailEvents(id, seenUpTo(request), AbortSignal.any([request.signal, abort.signal]));
	const stream = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { done, value } = await batches.next();
			if (done) controller.close();
			else controller.enqueue(text.encode(value.length > 0 ? value.map(frame).join("") : HEARTBEAT));
		},
		cancel: () => abort.abort(),
	});
	const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache, no-transform" };
	return new Response(stream, { headers });
}
