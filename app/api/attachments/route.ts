import { takeAttachment } from "@/lib/runner/attachments";

/**
 * Takes a file for a question: `?name=NAME`, the file as the body. 201 with the attachment once its text has been read.
 * The proxy does not stand before this route; `takeAttachment` asks its guard. Refused with `error`: 400 a bad name or a
 * body cut short, 403 another page's request, 413 too large, 415 a kind that is not read, 421 a strange name, 422 it
 * could not be read, 507 no room.
 */
export async function POST(request: Request): Promise<Response> {
	const taken = await takeAttachment(request);
	const headers = { "cache-control": "no-store" };
	return taken.ok
		? Response.json(taken.attachment, { status: 201, headers })
		: Response.json({ error: taken.reason }, { status: taken.status, headers });
}
