import { takeUpload } from "@/lib/library/upload";

/**
 * Takes a file into the library: `?collection=NAME&name=PATH`, the file as the body. 202 with its id once it waits to be
 * read. The proxy does not stand before this route; `takeUpload` asks its guard. Refused with `error`: 400 a bad name or
 * a body cut short, 403 another page's request, 413 too large, 415 a kind that is not read, 421 a strange name, 507 no
 * room.
 */
export async function POST(request: Request): Promise<Response> {
	const taken = await takeUpload(request);
	const headers = { "cache-control": "no-store" };
	return taken.ok
		? Response.json({ id: taken.id }, { status: 202, headers })
		: Response.json({ error: taken.reason }, { status: taken.status, headers });
}
