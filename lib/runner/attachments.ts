import "server-only";
import { randomUUID } from "node:crypto";
import { attachmentsInUse, attachmentsOfRun } from "../db/attachments";
import { readSummary } from "../db/runs";
import { env } from "../env";
import { ask as askLibrary } from "../library/library";
import { type AttachedFile, attachedText, cutTo } from "../trajectory/attached-text";
import {
	attachedAddress,
	attachmentNameOf,
	isPicture,
	isRecording,
	MAX_ATTACHMENTS,
	mostBytesOfAttachment,
	namedApart,
	refusalOfAttachment,
	shelfOfRun,
} from "../trajectory/attachments";
import { type AgentEventOf, type Attachment, attachmentSchema, storable } from "../trajectory/event";
import type { RunSettings } from "../trajectory/settings";
import { readAttachment } from "../web/attachment-text";
import { receiveUpload, refusalOfUpload, type UploadRefusal } from "../web/receive-upload";
import { transcribe } from "../web/transcribe";
import { WebError } from "../web/web-error";
import {
	attachmentById,
	bytesOf,
	bytesPath,
	dropAttachment,
	dropUnnamed,
	hashOf,
	keepRead,
	makePlace,
	markAsked,
	textOf,
	unaskedBytes,
} from "./attachment-files";

/** Most characters (code points) that are kept of one file. */
const MOST_CHARS = 4_000_000;
/** Room for files of questions that nobody has asked yet. */
const MOST_UNASKED_BYTES = 1_000_000_000;

type Taken = { ok: true; attachment: Attachment } | UploadRefusal;

const refused = (status: number, reason: string): UploadRefusal => ({ ok: false, status, reason });

/**
 * Takes one file for a question: `?name=`, the file itself as the body. Answers once its text has been read. What cannot
 * be read is refused with the remedy and leaves nothing.
 */
export async function takeAttachment(request: Request): Promise<Taken> {
	const name = attachmentNameOf(new URL(request.url).searchParams.get("name") ?? "");
	const before = refusalOfUpload(request, mostBytesOfAttachment(name ?? "")) ?? refusalOfName(name);
	if (before) return before;
	if ((await unaskedBytes()) > MOST_UNASKED_BYTES)
		return refused(507, "1 GB of attached files wait for their questions. Ask them, or remove files you do not need.");
	const id = randomUUID();
	await makePlace(id);
	const place = { path: bytesPath(id), maxBytes: mostBytesOfAttachment(name ?? "") };
	const received = await receiveUpload(request, place);
	const taken = received.ok ? await read({ id, name: name ?? "", bytes: received.bytes }) : received;
	if (!taken.ok) await dropAttachment(id);
	return taken;
}

function refusalOfName(name: string | undefined): UploadRefusal | undefined {
	if (name === undefined) return refused(400, "The file needs a name of 1 to 500 characters.");
	switch (refusalOfAttachment(name, 1)) {
		case "oldOffice":
			return refused(415, "This kind is not read. Save it as .docx, .xlsx, .pptx or PDF and attach that.");
		case "otherArchive":
			return refused(415, "Of archives only .zip is opened. Pack it as .zip and attach that.");
		case "program":
			return refused(415, "Programs are not read.");
		default:
			return undefined;
	}
}

async function read(sent: Pick<Attachment, "id" | "name" | "bytes">): Promise<Taken> {
	const bytes = await bytesOf(sent.id);
	if (!bytes || bytes.length === 0) return refused(400, "The file is empty.");
	try {
		const found = isRecording(sent.name) ? await transcribe(bytes, sent.name) : await readAttachment(bytes, sent.name);
		const { shown, isCut } = cutTo(storable(found.text).trim(), MOST_CHARS);
		const { type, title } = found;
		const hash = await hashOf(sent.id);
		const attachment = { ...sent, type, hash, chars: shown.length, ...(isCut && { cut: true }) };
		await keepRead({ ...attachment, title: storable(title) }, shown);
		return { ok: true, attachment };
	} catch (error) {
		if (error instanceof WebError) return refused(422, error.message);
		throw error;
	}
}

/** A file that waits for its question, or undefined. */
export async function attachmentWaiting(id: string): Promise<Attachment | undefined> {
	const kept = await attachmentById(id);
	if (!kept) return undefined;
	const { title: _, ...attachment } = kept;
	return attachment;
}

/** Lets go of a file that was taken off a question; one that a run has stays. */
export async function forgetAttachment(id: string): Promise<void> {
	if ((await attachmentById(id)) && !(await attachmentsInUse()).has(id)) await dropAttachment(id);
}

type Refused = { ok: false; field: string; message: string };
type FoundFile = AttachedFile & { title: string };
type Found = { ok: true; files: FoundFile[] } | Refused;

/**
 * The files of a question under names of their own, which none of `others` has, with their texts; nothing changes for
 * them.
 */
export async function attachedFiles(ids: readonly string[], others: readonly string[] = []): Promise<Found> {
	const wrong = (message: string): Found => ({ ok: false, field: "attachments", message });
	if (ids.length > MAX_ATTACHMENTS) return wrong(`At most ${MAX_ATTACHMENTS} files. Pack more of them into a .zip.`);
	const found: FoundFile[] = [];
	for (const id of new Set(ids)) {
		const kept = await attachmentById(id);
		if (!kept)
			return wrong("An attached file is no longer there: files wait a day for their question. Attach it again.");
		found.push({ ...kept, text: await textOf(id) });
	}
	return { ok: true, files: namedApart(found, others) };
}

const isWritten = ({ text }: AttachedFile): boolean => text !== "";

/** The collection that a run will have for the texts of these files; undefined where there are none. */
export const shelfFor = (runId: string, files: readonly AttachedFile[]): string | undefined =>
	files.some(isWritten) ? shelfOfRun(runId) : undefined;

/** Gives the files to the run that is about to start, their texts in its collection. From then on they go with it. */
export async function claimAttachments(runId: string, files: readonly FoundFile[]): Promise<void> {
	const shelf = shelfFor(runId, files);
	const documents = files.filter(isWritten).map(({ name, title, text }) => {
		const url = attachedAddress(name);
		return { id: url, url, title: title ? `${title} (${name})` : name, text, source: name };
	});
	if (shelf) await askLibrary("shelve", shelf, documents);
	await markAsked(files);
}

/**
 * What the event that puts the question says of the files: which they are, and what the model reads of them. `before` is
 * what was told of earlier ones. The built-in engine looks its texts up.
 */
export function attachedTo(
	settings: RunSettings,
	files: readonly AttachedFile[],
	before = "",
): Pick<AgentEventOf<"run.started">, "attachments" | "attached"> {
	if (files.length === 0) return {};
	const isEngine = settings.model.provider === "extractive";
	const sees = env().LLM_SEES_IMAGES && !isEngine;
	const attachments = files.map(({ text: _, ...attachment }) =>
		attachmentSchema.parse({ ...attachment, ...(sees && isPicture(attachment) && { shown: true }) }),
	);
	if (isEngine) return { attachments };
	const python = settings.tools.some(
		({ name }) => name === "run_python" || name === "upload_file_from_local_to_sandbox",
	);
	const attached = storable(attachedText(files, { ...settings, python, sees, before }));
	return { attachments, attached };
}

/** A file of a run's thread with what it is; undefined when the run or the file is not there. */
export async function readAttached(
	runId: string,
	id: string,
): Promise<{ attachment: Attachment; bytes: Buffer } | undefined> {
	if (!(await readSummary(runId))) return undefined;
	const attachment = (await attachmentsOfRun(runId)).find((file) => file.id === id);
	const bytes = attachment && (await bytesOf(id));
	return attachment && bytes && { attachment, bytes };
}

/** Removes the files and collections of runs that are gone for good at `now`. */
export async function purgeAttachments(now = Date.now()): Promise<void> {
	const named = await attachmentsInUse();
	await dropUnnamed((id) => named.has(id), now);
	const shelves = await askLibrary("runShelves");
	for (const shelf of shelves) if (!named.has(shelf)) await askLibrary("removeCollection", shelf);
}
