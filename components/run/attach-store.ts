import type { Attachment } from "@/lib/trajectory/event";

/** A file on its way to a question. `why`: what is wrong, in the server's words or by name; empty when it did not answer. */
export type Attaching = { key: string; name: string; bytes: number } & (
	| { state: "sending"; file: File; sent: number }
	| { state: "reading"; file: File }
	| { state: "ready"; attachment: Attachment }
	| { state: "failed"; file?: File; why: string }
);

export type SendState =
	| { state: "sending"; sent: number }
	| { state: "reading" }
	| { state: "ready"; attachment: Attachment }
	| { state: "failed"; why: string };

/**
 * Sends one file and tells how far it is; the returned function calls it off. By XMLHttpRequest: `fetch` does not say
 * how much of a body is sent.
 */
export function sendAttachment(file: File, name: string, tell: (told: SendState) => void): () => void {
	const request = new XMLHttpRequest();
	request.upload.onprogress = ({ loaded }) => tell({ state: "sending", sent: loaded });
	request.upload.onload = () => tell({ state: "reading" });
	request.onload = () => {
		if (request.status === 201) tell({ state: "ready", attachment: request.response as Attachment });
		else tell({ state: "failed", why: reasonOf(request.response) });
	};
	request.onerror = () => tell({ state: "failed", why: "" });
	request.open("POST", `/api/attachments?${new URLSearchParams({ name })}`);
	request.responseType = "json";
	request.setRequestHeader("content-type", "application/octet-stream");
	request.send(file);
	return () => request.abort();
}

const reasonOf = (answer: unknown): string =>
	typeof answer === "object" && answer !== null && "error" in answer ? String(answer.error) : "";

/** Tells the server that a file is not wanted any more; one that stays behind goes within a day. */
export function forgetOnServer(id: string): void {
	void fetch(`/api/attachments/${id}`, { method: "DELETE", keepalive: true }).catch(() => undefined);
}

/** Of the files that were ready before a reload, those that are still there. `undefined`: the server did not answer. */
export async function stillThere(attachment: Attachment): Promise<boolean | undefined> {
	const answer = await fetch(`/api/attachments/${attachment.id}`, { cache: "no-store" }).catch(() => undefined);
	return answer && (answer.ok || (answer.status === 404 ? false : undefined));
}
