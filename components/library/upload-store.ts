import type { ChosenFile } from "./staged";

/** A file on its way to the server. `why` is the server's own sentence; empty when it did not answer. */
export type Upload = {
	key: number;
	name: string;
	collection: string;
	file: File;
	sent: number;
	state: "queued" | "sending" | "failed";
	why: string;
};
/** What this tab still has to send. */
export type Uploads = {
	left: number;
	sending: readonly Upload[];
	queued: readonly Upload[];
	failed: readonly Upload[];
};

const AT_ONCE = 3;
const SHOWN_EVERY_MS = 120;

export const NO_UPLOADS: Uploads = { left: 0, sending: [], queued: [], failed: [] };

const waiting: Upload[] = [];
const sending = new Set<Upload>();
const failed = new Set<Upload>();
const listeners = new Set<() => void>();
let snapshot = NO_UPLOADS;
let timer: ReturnType<typeof setTimeout> | undefined;
let lastKey = 0;

/** Sends files to a collection, a few at a time, on whatever page of the product one goes to. */
export function send(files: readonly ChosenFile[], collection: string): void {
	for (const { file, path } of files)
		waiting.push({ key: ++lastKey, name: path, collection, file, sent: 0, state: "queued", why: "" });
	next();
}

/** Sends one that failed once more. */
export function sendAgain(upload: Upload): void {
	if (!failed.delete(upload)) return;
	waiting.push({ ...upload, sent: 0, state: "queued", why: "" });
	next();
}

/** Lets go of files that could not be sent. */
export function forgetFailed(keys: readonly number[]): void {
	for (const upload of failed) if (keys.includes(upload.key)) failed.delete(upload);
	tell();
}

export const readUploads = (): Uploads => snapshot;

export function subscribeUploads(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

function next(): void {
	while (sending.size < AT_ONCE) {
		const upload = waiting.shift();
		if (!upload) break;
		sending.add(upload);
		sendOne(upload);
	}
	tell();
}

/** By XMLHttpRequest: `fetch` does not say how much of a body is sent. */
function sendOne(upload: Upload): void {
	const query = new URLSearchParams({ collection: upload.collection, name: upload.name });
	const request = new XMLHttpRequest();
	const end = (why: string | undefined) => {
		sending.delete(upload);
		if (why !== undefined) failed.add({ ...upload, state: "failed", why });
		next();
	};
	upload.state = "sending";
	request.upload.onprogress = ({ loaded }) => {
		upload.sent = loaded;
		tell();
	};
	request.onload = () => end(request.status === 202 ? undefined : reasonOf(request.response));
	request.onerror = () => end("");
	request.open("POST", `/api/library?${query}`);
	request.responseType = "json";
	request.setRequestHeader("content-type", "application/octet-stream");
	request.send(upload.file);
}

const reasonOf = (answer: unknown): string =>
	typeof answer === "object" && answer !== null && "error" in answer ? String(answer.error) : "";

/** Thousands of files report many times a second: the page is told a few times. */
function tell(): void {
	if (timer !== undefined) return;
	timer = setTimeout(() => {
		timer = undefined;
		const left = waiting.length + sending.size;
		snapshot = {
			left,
			sending: [...sending].map((upload) => ({ ...upload })),
			queued: waiting.slice(0, AT_ONCE * 2),
			failed: [...failed],
		};
		for (const listener of listeners) listener();
	}, SHOWN_EVERY_MS);
}

if (typeof window !== "undefined") {
	addEventListener("beforeunload", (event) => {
		if (waiting.length + sending.size > 0) event.preventDefault();
	});
}
