import { metersOf } from "@/lib/runner/trial";

/** The meters of a model's server; `?of=extraction` for the model that reads pages. */
export async function GET(request: Request): Promise<Response> {
	const which = new URL(request.url).searchParams.get("of") === "extraction" ? "extraction" : "model";
	return Response.json(await metersOf(which), { headers: { "cache-control": "no-store" } });
}
