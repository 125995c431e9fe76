import { readAttached } from "@/lib/runner/attachments";
import { dispositionOf } from "@/lib/trajectory/document";

/**
 * A file that was attached to a run's question, to be saved, never shown in place: `/api/runs/RUN/attachments/ID`.
 * Nothing in it can run or load anything (`FILE_POLICY`, set in `proxy.ts`). 404: no such run or file.
 */
export async function GET(
	_: Request,
	{ params }: RouteContext<"/api/runs/[id]/attachments/[file]">,
): Promise<Response> {
	const { id, file } = await params;
	const found = await readAttached(id, file);
	if (!found) return Response.json({ error: "There is no such file." }, { status: 404 });
	const headers = {
		"content-type": "application/octet-stream",
		"content-disposition": dispositionOf(found.attachment.name),
		"cache-control": "private, no-store",
	};
	return new Response(new Uint8Array(found.bytes), { headers });
}
