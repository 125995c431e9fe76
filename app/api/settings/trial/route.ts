import { z } from "zod";
import { trialOf } from "@/lib/runner/trial";

const whatSchema = z.object({
	what: z.enum(["model", "extraction", "transcription", "search", "reading", "rendering", "python", "mcp"]),
	of: z.string().max(2000),
});

/** Tries something out. A route, not an action: a browser sends its actions one at a time, and this takes a while. */
export async function POST(request: Request): Promise<Response> {
	const asked = whatSchema.safeParse(await request.json().catch(() => undefined));
	if (!asked.success) {
		return Response.json({ error: `Say what to try: ${z.prettifyError(asked.error)}` }, { status: 400 });
	}
	return Response.json(await trialOf(asked.data), { headers: { "cache-control": "no-store" } });
}
