import { type FileRefusal, fileNameOf, refusalOfFile, SKIPPED_FOLDERS } from "@/lib/trajectory/library-files";

/** A file as it was dropped or chosen, with its path inside the folder it came in. */
export type ChosenFile = { file: File; path: string };
/** What would be sent, what stays out and why, and a name for a collection where the files bring one. */
export type Staged = {
	taken: ChosenFile[];
	refused: { why: FileRefusal; files: ChosenFile[] }[];
	suggested: string;
};

/**
 * Sorts what was chosen. A folder that holds all of it gives the collection its name and is left out of the paths, as
 * when it is added by a command; folders that hold nobody's documents and hidden files are passed over.
 */
export function stage(chosen: readonly ChosenFile[]): Staged {
	const clean = chosen.map(({ file, path }) => ({ file, path: path.replace(/^[./\\]+/, "") }));
	const root = sharedFolder(clean.map(({ path }) => path));
	const seen = clean.filter(({ path }) => !isPassedOver(path));
	const files = seen.map(({ file, path }) => ({ file, path: root ? path.slice(root.length + 1) : path }));
	const groups = Map.groupBy(files, ({ file, path }) => refusalOfFile(path, file.size));
	const refused = [...groups].flatMap(([why, of]) => (why === undefined ? [] : [{ why, files: of }]));
	const taken = (groups.get(undefined) ?? []).map(({ file, path }) => ({ file, path: fileNameOf(path) ?? path }));
	return { taken, refused, suggested: root };
}

function sharedFolder(paths: readonly string[]): string {
	const [first = ""] = paths;
	const folder = first.includes("/") ? first.slice(0, first.indexOf("/")) : "";
	return folder && paths.every((path) => path.startsWith(`${folder}/`)) ? folder : "";
}

const isPassedOver = (path: string): boolean =>
	path.split("/").some((part) => SKIPPED_FOLDERS.includes(part) || /^\.(?!\.)./.test(part));
