import { planFor } from "@/lib/runner/plan";
import type { PlanInput } from "@/lib/trajectory/ask";

/** Asks the model for a plan. A route, not an action: a browser sends its actions one at a time, and this takes a while. */
export async function POST(request: Request): Promise<Response> {
	const body: unknown = await request.json().catch(() => undefined);
	if (body === undefined) return Response.json({ error: "The body is no JSON object." }, { status: 400 });
	const planned = await planFor(body as PlanInput, request.signal);
	return Response.json(planned, { headers: { "cache-control": "no-store" } });
}
