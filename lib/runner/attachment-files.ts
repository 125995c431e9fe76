import "server-only";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { env } from "../env";
import { type Attachment, attachmentSchema } from "../trajectory/event";

/** A file that no run has taken is kept so long for the person who is still writing a question. */
const UNASKED_MS = 86_400_000;
/** Between taking files and the first event that names them. */
const TAKING_MS = 60_000;

const keptSchema = attachmentSchema.extend({ title: z.string() });
/** What is known of a file; `title` is its text's own. */
export type KeptAttachment = z.infer<typeof keptSchema>;

const top = (): string => join(/* turbopackIgnore: true */ env().DATA_DIR, "attachments");
const isId = (id: string): boolean => z.uuid().safeParse(id).success;

/** The place of one file: `file` its bytes, `text` what was read of it, `about.json`, and `asked` once a run has it. */
function placeOf(id: string): string {
	if (!isId(id)) throw new Error("This is no name of an attached file.");
	return join(top(), id);
}

export const bytesPath = (id: string): string => join(placeOf(id), "file");

export async function makePlace(id: string): Promise<void> {
	await mkdir(placeOf(id), { recursive: true, mode: 0o700 });
}

export const dropAttachment = (id: string): Promise<void> => rm(placeOf(id), { recursive: true, force: true });

export async function hashOf(id: string): Promise<string> {
	const hash = createHash("sha256");
	await pipeline(createReadStream(bytesPath(id)), hash);
	return hash.digest("hex");
}

/** Says what was read of a file; only then it is there for others. */
export async function keepRead(about: KeptAttachment, text: string): Promise<void> {
	await writeFile(join(placeOf(about.id), "text"), text, { mode: 0o600 });
	await writeFile(join(placeOf(about.id), "about.json"), JSON.stringify(about), { mode: 0o600 });
}

export async function attachmentById(id: string): Promise<KeptAttachment | undefined> {
	if (!isId(id)) return undefined;
	const written = await readFile(join(placeOf(id), "about.json"), "utf8").catch(() => undefined);
	return written === undefined ? undefined : keptSchema.parse(JSON.parse(written));
}

export const textOf = (id: string): Promise<string> => readFile(join(placeOf(id), "text"), "utf8");
export const bytesOf = (id: string): Promise<Buffer | undefined> => readFile(bytesPath(id)).catch(() => undefined);

/** From now on the file belongs to runs and goes with the last of them. */
export async function markAsked(files: readonly Attachment[]): Promise<void> {
	for (const { id } of files) await (await open(join(placeOf(id), "asked"), "w", 0o600)).close();
}

/** Bytes of files that no run has taken yet. */
export async function unaskedBytes(): Promise<number> {
	let bytes = 0;
	for (const id of await ids())
		if ((await timeOf(join(placeOf(id), "asked"))) === undefined)
			bytes += await stat(bytesPath(id)).then(
				({ size }) => size,
				() => 0,
			);
	return bytes;
}

/** Removes what no run names: files of removed runs, and those that nobody asked about for a day. */
export async function dropUnnamed(isNamed: (id: string) => boolean, now: number): Promise<void> {
	for (const id of await ids()) {
		if (isNamed(id)) continue;
		const asked = await timeOf(join(placeOf(id), "asked"));
		const since = asked ?? (await timeOf(placeOf(id))) ?? 0;
		if (now - since > (asked === undefined ? UNASKED_MS : TAKING_MS)) await dropAttachment(id);
	}
}

const ids = async (): Promise<string[]> => (await readdir(top()).catch(() => [])).filter(isId);
const timeOf = (path: string): Promise<number | undefined> =>
	stat(path).then(
		({ mtimeMs }) => mtimeMs,
		() => undefined,
	);
