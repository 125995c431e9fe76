import { z } from "zod";
import { mcpToolsOf } from "@/lib/runner/mcp";

const askedSchema = z.object({ server: z.string().max(100) });

/** The tools of an MCP server. It may start one, so no other site may cause it: a POST is refused to those. */
export async function POST(request: Request): Promise<Response> {
	const asked = askedSchema.safeParse(await request.json().catch(() => undefined));
	if (!asked.success) {
		return Response.json({ error: `Name the MCP server: ${z.prettifyError(asked.error)}` }, { status: 400 });
	}
	return Response.json(await mcpToolsOf(asked.data.server), { headers: { "cache-control": "no-store" } });
}
