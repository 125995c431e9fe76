import { readRunFile } from "@/lib/runner/run-files";
import { dispositionOf } from "@/lib/trajectory/document";

/** What a browser may show in place; everything else is saved. */
const SHOWN = /^image\//;

/**
 * A file that a call of the run left: `/api/runs/RUN/files/HASH/NAME`, `NAME` being what it is called when it is saved.
 * Its kind is told by its bytes. Nothing in it can run or load anything (`FILE_POLICY`, set in `proxy.ts`). 404: no such
 * run or file.
 */
export async function GET(_: Request, { params }: RouteContext<"/api/runs/[id]/files/[...path]">): Promise<Response> {
	const { id, path } = await params;
	const [hash = "", name = "file"] = path.map(decodeURIComponent);
	const file = await readRunFile(id, hash, name);
	if (!file) return Response.json({ error: "There is no such file." }, { status: 404 });
	const isText = file.type.startsWith("text/") || file.type === "application/json";
	const headers = {
		"content-type": isText ? "text/plain; charset=utf-8" : file.type,
		"content-disposition": SHOWN.test(file.type) ? "inline" : dispositionOf(name.split("/").at(-1) ?? ""),
		"cache-control": "private, max-age=31536000, immutable",
	};
	return new Response(new Uint8Array(file.bytes), { headers });
}
