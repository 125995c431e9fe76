import "server-only";
import { join } from "node:path";
import { standingIn } from "./collect";
import { download, list, type Picture, upload } from "./e2b-calls";
import { E2bFault } from "./e2b-fault";
import type { E2bDoors } from "./e2b-wire";
import { HOME, limitsOf } from "./engine";
import { readRegular, receiveBelow, removeBelow } from "./folders";
import { mediaOf } from "./media";

/** Folders below the working directory that are looked into: as deep as `standingIn` goes, and the files in them. */
const DEPTH = 5;
const AT_ONCE = 4;
const NAME_BYTES = 255;
const PICTURE = /\.(png|jpe?g|gif|webp|svg|pdf)$/i;

type RemoteFile = { path: string; parts: string[]; mark: string; size: number };

/**
 * Keeps a working directory here and the home of a sandbox elsewhere the same. The one here is the true one: it outlives
 * the sandbox. What travels are regular files that are not hidden. All that the sandbox says is doubted.
 */
export class E2bFiles {
	/** Files that stood on both sides when last looked: path to what changes here when one is written. */
	private readonly here = new Map<string, string>();
	/** What stood there when last looked: path to what changes there. */
	private there = new Map<string, string>();
	/** What the template brought along; it is neither counted nor fetched. */
	private brought = new Map<string, string>();
	/** Bytes of the files in `here`. */
	private readonly sizes = new Map<string, number>();
	private readonly doors: E2bDoors;
	private readonly folder: string;

	constructor(doors: E2bDoors, folder: string) {
		this.doors = doors;
		this.folder = folder;
	}

	/** Looks at what a fresh sandbox holds. */
	async begin(signal: AbortSignal): Promise<void> {
		this.brought = new Map((await this.look(signal)).map(({ path, mark }) => [path, mark]));
		this.there = new Map(this.brought);
	}

	/** Puts what is new or changed here into the sandbox. */
	async up(signal: AbortSignal): Promise<void> {
		const standing = [...(await standingIn(this.folder))].map(
			([path, mark]) => [path.replaceAll("\\", "/"), mark] as const,
		);
		const fresh = standing.filter(([path, mark]) => this.here.get(path) !== mark);
		const sent = new Set<string>();
		await eachOf(fresh, signal, async ([path, mark], both) => {
			const bytes = await readRegular(join(this.folder, path), limitsOf().fileBytes);
			if (!bytes) return;
			await upload(this.doors, `${HOME}/${path}`, bytes, both);
			this.here.set(path, mark);
			this.sizes.set(path, bytes.length);
			sent.add(path);
		});
		if (sent.size === 0) return;
		for (const { path, mark } of await this.look(signal)) if (sent.has(path)) this.there.set(path, mark);
	}

	/**
	 * Fetches what a call has written or changed, removes what it has removed, and gives the paths of what came. Throws
	 * `E2bFault` `too_much` when the directory holds more than it may.
	 */
	async down(signal: AbortSignal): Promise<string[]> {
		const standing = await this.look(signal);
		const counted = standing.filter(({ path, mark }) => this.brought.get(path) !== mark);
		const changed = counted.filter(({ path, mark }) => this.there.get(path) !== mark);
		this.there = new Map(standing.map(({ path, mark }) => [path, mark]));
		await this.forget(this.there);
		refuseTooMuch(counted, changed);
		const budget = { left: limitsOf().diskBytes - this.bytesBeside(changed) };
		await eachOf(changed, signal, (file, both) => this.bring(file, budget, both));
		const now = await standingIn(this.folder);
		for (const { path, parts } of changed) this.here.set(path, now.get(join(...parts)) ?? "");
		return changed.map(({ path }) => path);
	}

	/** Keeps pictures that were shown as files, unless the call has written some itself. */
	async keep(pictures: readonly Picture[], call: number, written: readonly string[]): Promise<void> {
		if (written.some((path) => !path.includes("/") && PICTURE.test(path))) return;
		for (const [at, { ending, bytes }] of pictures.entries()) {
			const name = `figure-${call}-${at + 1}.${ending}`;
			if (mediaOf(Buffer.from(bytes), name)?.type.startsWith("image/"))
				await receiveBelow(this.folder, [name], [bytes]);
		}
	}

	/** Regular files of the sandbox whose paths can be those of ours. */
	private async look(signal: AbortSignal): Promise<RemoteFile[]> {
		const entries = await list(this.doors, DEPTH, signal);
		const found = entries.flatMap(({ type, path, size, modifiedTime }) => {
			const parts = type === "FILE_TYPE_FILE" ? partsOf(path) : undefined;
			return parts ? [{ path: parts.join("/"), parts, mark: `${size} ${modifiedTime}`, size }] : [];
		});
		return [...new Map(found.map((file) => [file.path, file])).values()];
	}

	/** Removes here what is gone there. A name that would not be believed is never seen there: it tells nothing. */
	private async forget(standing: ReadonlyMap<string, string>): Promise<void> {
		const isGone = (path: string) => !standing.has(path) && partsOf(`${HOME}/${path}`) !== undefined;
		for (const path of [...this.here.keys()].filter(isGone)) {
			await removeBelow(this.folder, path.split("/"));
			this.here.delete(path);
			this.sizes.delete(path);
		}
	}

	private bytesBeside(changed: readonly RemoteFile[]): number {
		const coming = new Set(changed.map(({ path }) => path));
		return [...this.sizes].reduce((sum, [path, bytes]) => sum + (coming.has(path) ? 0 : bytes), 0);
	}

	private async bring({ path, parts }: RemoteFile, budget: { left: number }, signal: AbortSignal): Promise<void> {
		let bytes = 0;
		async function* counted(pieces: AsyncIterable<Uint8Array>) {
			for await (const piece of pieces) {
				bytes += piece.length;
				budget.left -= piece.length;
				if (bytes > limitsOf().fileBytes || budget.left < 0) throw new E2bFault("too_much", "It is too long.");
				yield piece;
			}
		}
		const pieces = await download(this.doors, `${HOME}/${path}`, signal);
		if (!pieces) return;
		await receiveBelow(this.folder, parts, counted(pieces));
		this.sizes.set(path, bytes);
	}
}

/**
 * The names on the way from the working directory to a file, if a sandbox elsewhere tells one that may be written here:
 * below it, of plain names that mean the same on every system, none of them hidden.
 */
export function partsOf(path: string): string[] | undefined {
	if (!path.startsWith(`${HOME}/`)) return undefined;
	const parts = path.slice(HOME.length + 1).split("/");
	return parts.length <= DEPTH && parts.every(isPlain) ? parts : undefined;
}

const isPlain = (name: string): boolean =>
	name !== "" &&
	name !== "__pycache__" &&
	!name.startsWith(".") &&
	name.isWellFormed() &&
	Buffer.byteLength(name) <= NAME_BYTES &&
	!/[\\:\p{Cc}]|[. ]$/u.test(name);

/** Measured by what the sandbox claims; what really comes is counted as it comes. */
function refuseTooMuch(counted: readonly RemoteFile[], changed: readonly RemoteFile[]): void {
	const { files, fileBytes, diskBytes } = limitsOf();
	const claimed = counted.reduce((sum, { size }) => sum + size, 0);
	if (counted.length > files || claimed > diskBytes || changed.some(({ size }) => size > fileBytes)) {
		throw new E2bFault("too_much", "The working directory holds more than it may.");
	}
}

/** Does the work on all, some at a time. Once one has failed the others are called off, and its error is thrown. */
async function eachOf<T>(
	all: readonly T[],
	signal: AbortSignal,
	work: (one: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
	const broken = new AbortController();
	const both = AbortSignal.any([signal, broken.signal]);
	const line = all.values();
	const worker = async () => {
		for (const one of line) {
			both.throwIfAborted();
			await work(one, both);
		}
	};
	const told = (error: unknown) => broken.abort(error);
	await Promise.all(Array.from({ length: AT_ONCE }, () => worker().catch(told)));
	broken.signal.throwIfAborted();
}
