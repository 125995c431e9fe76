import { readEvents } from "@/lib/db/events";
import { readSummary } from "@/lib/db/runs";
import { slim } from "@/lib/trajectory/packet";
import { viewOf } from "@/lib/trajectory/view";

/** The fold of a run as JSON: what the run page shows, long texts cut to their beginning (`resultChars` is the whole). */
export async function GET(_request: Request, { params }: RouteContext<"/api/runs/[id]">): Promise<Response> {
	const { id } = await params;
	const summary = await readSummary(id);
	if (!summary) return Response.json({ error: "There is no such run." }, { status: 404 });
	const { index: _, sources, ...view } = viewOf((await readEvents(id)).map(slim));
	const told = { ...view, state: summary.state, sources: Object.fromEntries(sources) };
	return Response.json(told, { headers: { "cache-control": "no-store" } });
}
