/** Largest file the library takes in, bytes: one document each. */
export const MAX_FILE_BYTES = 20_000_000;
/** Largest corpus that is sent through the browser, bytes; `npm run library -- add` reads one of any size. */
export const MAX_CORPUS_BYTES = 200_000_000;
/** Most that may wait on the server to be read, or be kept because it could not be, bytes. */
export const MAX_WAITING_BYTES = 2_000_000_000;
const MOST_NAME_CHARS = 500;
const MOST_COLLECTION_CHARS = 80;

/** Endings of the files that are read. A `.jsonl` holds many documents, a row each. */
export const TAKEN_ENDINGS = [".md", ".mdx", ".markdown", ".txt", ".html", ".htm", ".pdf", ".jsonl"] as const;
/** Folders that hold no documents of anybody's. */
export const SKIPPED_FOLDERS: readonly string[] = ["node_modules", ".git", ".next"];

/** `.pdf` of `notes/Depths.PDF`; empty when there is none. */
export const endingOf = (name: string): string => /\.[^./\\]+$/.exec(name)?.[0].toLowerCase() ?? "";

const isTaken = (name: string): boolean => TAKEN_ENDINGS.some((ending) => ending === endingOf(name));

export const mostBytesOf = (name: string): number => (endingOf(name) === ".jsonl" ? MAX_CORPUS_BYTES : MAX_FILE_BYTES);

/** Why a file stays out, before anything of it is read; undefined when nothing speaks against it. */
export type FileRefusal = "kind" | "empty" | "tooLarge" | "name";

export function refusalOfFile(name: string, bytes: number): FileRefusal | undefined {
	if (fileNameOf(name) === undefined) return "name";
	if (!isTaken(name)) return "kind";
	if (bytes === 0) return "empty";
	return bytes > mostBytesOf(name) ? "tooLarge" : undefined;
}

/** A file's path inside what was added, cleaned; undefined when it leads elsewhere or is too long. */
export function fileNameOf(path: string): string | undefined {
	const parts = path
		.normalize("NFC")
		.split(/[/\\]+/)
		.filter((part) => part !== "" && part !== ".");
	const name = parts.join("/");
	const isWell = name !== "" && name.length <= MOST_NAME_CHARS && !parts.includes("..") && !/\p{Cc}/u.test(name);
	return isWell ? name : undefined;
}

/** The name of a collection as it is kept: 1 to 80 characters in one line; undefined when it is not one, or a run's own. */
export function collectionNameOf(typed: string): string | undefined {
	const name = typed.normalize("NFC").replace(/\s+/g, " ").trim();
	return name !== "" && name.length <= MOST_COLLECTION_CHARS && !/^run:|\p{Cc}/u.test(name) ? name : undefined;
}
