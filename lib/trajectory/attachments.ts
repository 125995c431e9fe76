import { attachmentsOf } from "./asking";
import type { AgentEvent, Attachment } from "./event";
import { endingOf, fileNameOf } from "./library-files";

/** Most files of one question. */
export const MAX_ATTACHMENTS = 10;
/** Largest attached file, bytes; recordings may be half of it, which is what transcription servers take. */
export const MAX_ATTACHMENT_BYTES = 50_000_000;
const MAX_RECORDING_BYTES = 25_000_000;
const MAX_PICTURE_BYTES = 10_000_000;

const PICTURE_ENDINGS = [".png", ".jpg", ".jpeg", ".gif", ".webp"] as const;
const RECORDING_ENDINGS = [".mp3", ".m4a", ".wav", ".ogg", ".oga", ".flac", ".mp4", ".webm", ".mov", ".mpeg", ".mpga"];
const WRITTEN_ENDINGS = [
	".pdf",
	".docx",
	".xlsx",
	".pptx",
	".csv",
	".tsv",
	".html",
	".htm",
	".md",
	".txt",
	".json",
	".zip",
];
/** Kinds that are often attached and cannot be read, each with what to do instead. */
const UNREAD_KINDS: Record<string, AttachmentRefusal> = {
	".doc": "oldOffice",
	".xls": "oldOffice",
	".ppt": "oldOffice",
	".rar": "otherArchive",
	".7z": "otherArchive",
	".gz": "otherArchive",
	".tar": "otherArchive",
	".exe": "program",
	".dll": "program",
	".so": "program",
};

/** Why a file cannot be attached, told before it is sent where the browser can know. */
export type AttachmentRefusal =
	| "empty"
	| "tooLarge"
	| "recordingTooLarge"
	| "name"
	| "oldOffice"
	| "otherArchive"
	| "program";

const isAmong = (endings: readonly string[], name: string): boolean => endings.includes(endingOf(name));

export const isPicture = ({ type }: Pick<Attachment, "type">): boolean => type.startsWith("image/");
/** Hashes of the pictures that the model is shown. */
export const picturesIn = (attachments: readonly Attachment[]): string[] =>
	attachments.flatMap(({ shown, hash }) => (shown ? [hash] : []));
/** By its name: a recording is told from a text before anything of it is read. */
export const isRecording = (name: string): boolean => isAmong(RECORDING_ENDINGS, name);

/** The most bytes that a file of this name may have. */
export function mostBytesOfAttachment(name: string): number {
	if (isRecording(name)) return MAX_RECORDING_BYTES;
	return isAmong(PICTURE_ENDINGS, name) ? MAX_PICTURE_BYTES : MAX_ATTACHMENT_BYTES;
}

/** What a file is called among the attachments: without the folders it came from; undefined when that is no name. */
export const attachmentNameOf = (path: string): string | undefined =>
	fileNameOf(
		path
			.split(/[/\\]/)
			.at(-1)
			?.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "") ?? "",
	);

export function refusalOfAttachment(name: string, bytes: number): AttachmentRefusal | undefined {
	const clean = attachmentNameOf(name);
	if (clean === undefined) return "name";
	const kind = UNREAD_KINDS[endingOf(clean)];
	if (kind) return kind;
	if (bytes === 0) return "empty";
	if (bytes <= mostBytesOfAttachment(clean)) return undefined;
	return isRecording(clean) ? "recordingTooLarge" : "tooLarge";
}

/** For the browser's chooser; whatever else is text is taken too. */
export const OFFERED_ENDINGS = [...WRITTEN_ENDINGS, ...PICTURE_ENDINGS, ...RECORDING_ENDINGS];

/** Names under which no two files are the same, nor one of `others`: a second `a.pdf` is `a (2).pdf`. */
export function namedApart<T extends { name: string }>(files: readonly T[], others: readonly string[] = []): T[] {
	const taken = new Set(others.map((name) => name.toLowerCase()));
	return files.map((file) => {
		let { name } = file;
		const ending = /\.[^.]+$/.exec(file.name)?.[0] ?? "";
		const stem = file.name.slice(0, file.name.length - ending.length);
		for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem} (${n})${ending}`;
		taken.add(name.toLowerCase());
		return { ...file, name };
	});
}

const SHELF = "run:";

/** The collection of the library that holds the texts attached to a run's question; its forks read it too. */
export const shelfOfRun = (runId: string): string => `${SHELF}${runId}`;
export const isShelfOfRun = (collection: string): boolean => collection.startsWith(SHELF);

/**
 * The collections of a run's settings as a fork that leaves it after the event `cut` has them: without those of further
 * questions that were asked later. Each question that brought texts has added one, behind those before it.
 */
export function collectionsUpTo(
	collections: readonly string[],
	events: readonly (AgentEvent & { seq: number })[],
	cut: number,
): string[] {
	const after = events.filter(({ seq }) => seq > cut);
	const later = after.filter((event) => attachmentsOf([event]).some(({ chars }) => chars > 0)).length;
	const gone = later === 0 ? [] : collections.filter(isShelfOfRun).slice(-later);
	return collections.filter((name) => !gone.includes(name));
}

const ATTACHED = "library://attached/";
/** Where a text stands in that collection. */
export const attachedAddress = (name: string): string => `${ATTACHED}${encodeURIComponent(name)}`;
export const isAttachedAddress = (url: string): boolean => url.startsWith(ATTACHED);
