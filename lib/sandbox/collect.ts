import "server-only";
import { lstatSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { setImmediate as otherWork } from "node:timers/promises";
import type { RunFile } from "../trajectory/event";
import { keepFile, readRegular } from "./folders";
import { mediaOf } from "./media";

const MB = 1024 * 1024;
/** Of one call, of one file, of one run. */
const MAX_FILES = 12;
const MAX_BYTES = 5 * MB;
const MAX_RUN_BYTES = 100 * MB;
const MAX_ENTRIES = 10_000;
const MAX_DEPTH = 4;
const MAX_NAMED = 20;
/** Files that are looked at in one go: about a millisecond. */
const AT_ONCE = 250;

/** What stands in a working directory: path below it, and what changes when a file is written. */
export type Directory = ReadonlyMap<string, string>;
export type Collected = { files: RunFile[]; standing: Directory; notes: string[] };

/**
 * Regular files of a working directory that are not hidden. Nothing runs in it meanwhile, so nothing moves. Every call
 * looks at all of them: asked for one by one through the thread pool, each would cost ten times as much.
 */
export async function standingIn(folder: string): Promise<Directory> {
	const found = new Map<string, string>();
	const folders = [{ path: folder, depth: 0 }];
	for (let next = folders.pop(); next && found.size < MAX_ENTRIES; next = folders.pop()) {
		const entries = await readdir(next.path, { withFileTypes: true });
		for (const entry of entries.filter(({ name }) => !isHidden(name))) {
			const path = join(next.path, entry.name);
			if (entry.isDirectory() && next.depth < MAX_DEPTH) folders.push({ path, depth: next.depth + 1 });
			if (entry.isFile()) found.set(relative(folder, path), markOf(path));
			if (found.size % AT_ONCE === AT_ONCE - 1) await otherWork();
		}
	}
	return found;
}

const isHidden = (name: string): boolean => name.startsWith(".") || name === "__pycache__";

function markOf(path: string): string {
	const { size, mtimeMs, ino } = lstatSync(path);
	return `${size} ${mtimeMs} ${ino}`;
}

/** Keeps the new and changed files of a call that may be shown, and says which there are besides. */
export async function collect(runId: string, folder: string, before: Directory): Promise<Collected> {
	const standing = await standingIn(folder);
	const changed = [...standing].filter(([path, mark]) => before.get(path) !== mark).map(([path]) => path);
	changed.sort((a, b) => (a < b ? -1 : 1));
	const files: RunFile[] = [];
	for (const path of changed) {
		if (files.length === MAX_FILES) break;
		const bytes = await readRegular(join(folder, path), MAX_BYTES);
		const file = bytes && (await keepShown(runId, path, bytes));
		if (file) files.push(file);
	}
	return { files, standing, notes: notesOn(changed) };
}

/** Keeps one file that did not come out of a sandbox, under the same limits. */
export const keepOne = async (runId: string, name: string, bytes: Buffer): Promise<RunFile | undefined> =>
	bytes.length > MAX_BYTES ? undefined : keepShown(runId, name, bytes);

async function keepShown(runId: string, path: string, bytes: Buffer): Promise<RunFile | undefined> {
	const media = mediaOf(bytes, path);
	if (!media) return undefined;
	const hash = await keepFile(runId, bytes, MAX_RUN_BYTES);
	return hash === undefined ? undefined : { name: shownName(path), bytes: bytes.length, hash, ...media };
}

function notesOn(changed: readonly string[]): string[] {
	if (changed.length === 0) return [];
	const named = changed.slice(0, MAX_NAMED).map(shownName).join(", ");
	const more = changed.length - MAX_NAMED;
	return [`Files written: ${named}${more > 0 ? ` and ${more} more` : ""}`];
}

/** A name that stays on its line and reads in one direction. */
const shownName = (path: string): string =>
	[...path.toWellFormed().replace(/[\p{C}\p{Zl}\p{Zp}\ufffd]/gu, "_")].slice(0, 120).join("");
