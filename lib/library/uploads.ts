import "server-only";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** A file without a place in the line is left over from a crash once it is this old. */
const LEFT_OVER_MS = 3_600_000;

const folderOf = (dataDir: string): string => join(dataDir, "library-uploads");

/** Where the bytes of a file that was sent stay until they are in the library. Ids are ours, names are not. */
export const uploadPath = (dataDir: string, id: string): string => join(folderOf(dataDir), id);

export async function makeUploadFolder(dataDir: string): Promise<void> {
	await mkdir(folderOf(dataDir), { recursive: true, mode: 0o700 });
}

export const dropUpload = (dataDir: string, id: string): Promise<void> => rm(uploadPath(dataDir, id), { force: true });

/** Removes files that stand in no line, an hour after they were written. */
export async function dropLeftOver(dataDir: string, known: ReadonlySet<string>): Promise<void> {
	await makeUploadFolder(dataDir);
	for (const id of await readdir(folderOf(dataDir))) {
		if (known.has(id)) continue;
		const { mtimeMs } = await stat(uploadPath(dataDir, id));
		if (mtimeMs < Date.now() - LEFT_OVER_MS) await dropUpload(dataDir, id);
	}
}
