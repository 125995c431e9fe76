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

/** The files of each draft of a question that this tab knows of. They outlive the composer: a tab of the page may close it. */
const drafts = new Map<string, readonly Attaching[]>();
const lookers = new Map<string, (files: readonly Attaching[]) => void>();
/** How to call off the sending of a file, by its key. */
export const underway = new Map<string, () => void>();

export const filesOf = (draft: string): readonly Attaching[] => drafts.get(draft) ?? [];

/** Sets the files of a draft, and tells the composer that shows them. */
export function keepFiles(draft: string, files: readonly Attaching[]): void {
	if (files.length > 0) drafts.set(draft, files);
	else drafts.delete(draft);
	lookers.get(draft)?.(files);
}

/** Tells a composer the files of its draft, now and whenever they change, until it calls what is returned. */
export function lookAtFiles(draft: string, tell: (files: readonly Attaching[]) => void): () => void {
	lookers.set(draft, tell);
	tell(filesOf(draft));
	return () => {
		if (lookers.get(draft) === tell) lookers.delete(draft);
	};
}

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
