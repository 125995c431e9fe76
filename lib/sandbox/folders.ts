import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import {
	chmod,
	copyFile,
	cp,
	lchown,
	link,
	lstat,
	mkdir,
	open,
	readdir,
	readFile,
	rename,
	rm,
	rmdir,
	writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { env } from "../env";
import { type Media, mediaOf } from "./media";

/** The sandbox that is there without being made. */
export const MAIN = "main";
const BOX_ID = /^(main|[a-z0-9]{20})$/;
const RUN_ID = /^[\w-]{1,64}$/;
const HASH = /^[0-9a-f]{64}$/;
/** Tells a fork that the sandboxes of its past are not here. */
const PARTED = "parted";
/** Holds the sum of the bytes below `files`. */
const KEPT = "kept-bytes";

const top = (): string => join(/* turbopackIgnore: true */ env().DATA_DIR, "sandboxes");

/** All that the sandboxes of a run have: `boxes/ID` are working directories, `files/HASH` what the run keeps. */
function runFolder(runId: string): string {
	if (!RUN_ID.test(runId)) throw new Error("This is no name of a run.");
	return join(top(), runId);
}

/** The working directory of a sandbox; made when it is missing and `isNew`, undefined when it is not there. */
export async function boxFolder(runId: string, id: string, isNew: boolean): Promise<string | undefined> {
	if (!BOX_ID.test(id)) return undefined;
	const folder = join(runFolder(runId), "boxes", id);
	if (!isNew) return (await isFolder(folder)) ? folder : undefined;
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await chmod(top(), 0o700);
	return folder;
}

const isFolder = (path: string): Promise<boolean> =>
	lstat(path).then(
		(found) => found.isDirectory(),
		() => false,
	);

/** Removes what was made for one call, or a working directory that had grown too big. */
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** The last keeping of each run that is under way: one waits for the other, since each reads what the one before wrote. */
type Held = { soundingsKeeping?: Map<string, Promise<unknown>> };

/**
 * Keeps a file with its run, once by its bytes; undefined when the run then kept more than `mostBytes`. What is kept
 * already stands in a note beside the folder, so that a file costs the same however many there are.
 */
export async function keepFile(runId: string, bytes: Buffer, mostBytes: number): Promise<string | undefined> {
	const held = globalThis as Held;
	held.soundingsKeeping ??= new Map();
	const before = held.soundingsKeeping.get(runId);
	const now = (before ?? Promise.resolve()).then(
		() => keep(runId, bytes, mostBytes),
		() => keep(runId, bytes, mostBytes),
	);
	held.soundingsKeeping.set(runId, now);
	try {
		return await now;
	} finally {
		if (held.soundingsKeeping.get(runId) === now) held.soundingsKeeping.delete(runId);
	}
}

async function keep(runId: string, bytes: Buffer, mostBytes: number): Promise<string | undefined> {
	const hash = createHash("sha256").update(bytes).digest("hex");
	const folder = join(runFolder(runId), "files");
	const path = join(folder, hash);
	const known = await lstat(path).catch(() => undefined);
	if (known?.size === bytes.length) return hash;
	const kept = (await keptBytes(runId)) + bytes.length;
	if (kept > mostBytes) return undefined;
	await mkdir(folder, { recursive: true, mode: 0o700 });
	// The note comes first: a crash between the two leaves it too high by one file, never too low.
	await writeFile(join(runFolder(runId), KEPT), String(kept), { mode: 0o600 });
	await writeFile(path, bytes, { mode: 0o600 });
	return hash;
}

/** How many bytes the run keeps, by its note; counted where that is missing or cut short. */
async function keptBytes(runId: string): Promise<number> {
	const note = await readFile(join(runFolder(runId), KEPT), "utf8").catch(() => "");
	if (/^\d+$/.test(note)) return Number(note);
	const folder = join(runFolder(runId), "files");
	let bytes = 0;
	for (const name of await names(folder)) bytes += (await lstat(join(folder, name))).size;
	return bytes;
}

/** A kept file with what its bytes are, whatever it was called. */
export async function readKept(
	runId: string,
	hash: string,
	name: string,
): Promise<{ bytes: Buffer; media: Media } | undefined> {
	if (!RUN_ID.test(runId) || !HASH.test(hash)) return undefined;
	const bytes = await readFile(join(runFolder(runId), "files", hash)).catch(() => undefined);
	const media = bytes && mediaOf(bytes, name);
	return media && { bytes, media };
}

/** A regular file of at most `most` bytes, never through a link; undefined for anything else. */
export async function readRegular(path: string, most: number): Promise<Buffer | undefined> {
	const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
		() => undefined,
	);
	if (!file) return undefined;
	try {
		const found = await file.stat();
		return found.isFile() && found.nlink === 1 && found.size <= most ? await file.readFile() : undefined;
	} finally {
		await file.close();
	}
}

/**
 * Where a file below a working directory is to be written; folders on the way are made for whoever the directory belongs
 * to. Code may have left links there, so each is looked at; nothing runs meanwhile. Throws a sentence for the model.
 */
async function placeBelow(folder: string, parts: readonly string[]): Promise<string> {
	const { uid, gid } = await lstat(folder);
	let place = folder;
	for (const part of parts.slice(0, -1)) {
		place = join(place, part);
		const found = await lstat(place).catch(() => undefined);
		if (found && !found.isDirectory()) throw new Error(`${part} is no folder in the sandbox.`);
		if (found) continue;
		await mkdir(place);
		await lchown(place, uid, gid);
	}
	return join(place, parts.at(-1) ?? "");
}

/** Writes a new file below a working directory, for whoever that belongs to. Throws a sentence for the model. */
export async function writeBelow(folder: string, parts: readonly string[], bytes: Uint8Array): Promise<void> {
	const { uid, gid } = await lstat(folder);
	const target = await placeBelow(folder, parts);
	const isThere = await lstat(target).then(
		() => true,
		() => false,
	);
	if (isThere) throw new Error(`${parts.join("/")} is there already. Choose another name or remove it first.`);
	await writeFile(target, bytes, { flag: "wx" });
	await lchown(target, uid, gid);
}

/** What stands at the top of the main working directory. */
export const mainNames = (runId: string): Promise<string[]> => names(join(runFolder(runId), "boxes", MAIN));

/**
 * Writes what comes in pieces to a file below a working directory, readable by its owner alone, in place of what stands
 * there (a link itself, never what it points to; a folder only when it is empty). Nothing changes when the pieces break
 * off. Throws their error, or a sentence.
 */
export async function receiveBelow(
	folder: string,
	parts: readonly string[],
	pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
	const { uid, gid } = await lstat(folder);
	const target = await placeBelow(folder, parts);
	const coming = join(target, "..", `.coming-${randomUUID()}`);
	const file = await open(coming, "wx", 0o600);
	try {
		for await (const piece of pieces) await file.writeFile(piece);
		await file.close();
		await lchown(coming, uid, gid);
		await rmdir(target).catch(() => undefined);
		await rename(coming, target);
	} finally {
		await file.close().catch(() => undefined);
		await rm(coming, { force: true });
	}
}

/** Removes a regular file below a working directory, never through a link. */
export async function removeBelow(folder: string, parts: readonly string[]): Promise<void> {
	let place = folder;
	for (const part of parts.slice(0, -1)) {
		place = join(place, part);
		if (!(await isFolder(place))) return;
	}
	const target = join(place, parts.at(-1) ?? "");
	const found = await lstat(target).catch(() => undefined);
	if (found?.isFile()) await rm(target);
}

/** The sandboxes that have a working directory. */
export const boxIds = (runId: string): Promise<string[]> => names(join(runFolder(runId), "boxes"));

const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/**
 * Gives a fork what its parent's sandboxes hold: the kept files always, for the past names them; the working
 * directories when `withBoxes`, else a mark that they are not here.
 */
export async function copySandboxes(from: string, to: string, withBoxes: boolean): Promise<void> {
	const [source, target] = [runFolder(from), runFolder(to)];
	if (!(await isFolder(source))) return;
	await mkdir(join(target, "files"), { recursive: true, mode: 0o700 });
	for (const name of await names(join(source, "files"))) {
		const [kept, copy] = [join(source, "files", name), join(target, "files", name)];
		await link(kept, copy).catch(() => copyFile(kept, copy));
	}
	await copyFile(join(source, KEPT), join(target, KEPT)).catch(() => undefined);
	if (!(await isFolder(join(source, "boxes")))) return;
	if (!withBoxes) return writeFile(join(target, PARTED), "");
	await cp(join(source, "boxes"), join(target, "boxes"), {
		recursive: true,
		filter: async (path) => {
			const found = await lstat(path);
			return found.isFile() || found.isDirectory();
		},
	});
}

/** Whether the sandboxes of this run's past are elsewhere. */
export const isParted = async (runId: string): Promise<boolean> => (await names(runFolder(runId))).includes(PARTED);

/** Removes everything of runs that are none of `known`. */
export async function removeOthers(known: (runIds: string[]) => Promise<ReadonlySet<string>>): Promise<void> {
	const found = await names(top());
	if (found.length === 0) return;
	const kept = await known(found);
	for (const runId of found) if (!kept.has(runId)) await removeFolder(join(top(), runId));
}
