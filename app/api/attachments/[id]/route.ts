import { attachmentWaiting, forgetAttachment } from "@/lib/runner/attachments";

type Context = RouteContext<"/api/attachments/[id]">;

/** What is known of a file that was sent for a question. 404: it is not there any more. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
	const attachment = await attachmentWaiting((await params).id);
	const headers = { "cache-control": "no-store" };
	return attachment
		? Response.json(attachment, { headers })
		: Response.json({ error: "This file is no longer there. Attach it again." }, { status: 404, headers });
}

/** Takes a file off its question. One that a run has stays with the run. */
export async function DELETE(_: Request, { params }: Context): Promise<Response> {
	await forgetAttachment((await params).id);
	return new Response(undefined, { status: 204 });
}
