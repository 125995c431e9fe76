import "server-only";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import type { LibraryResults, PageText } from "../agent/tool";
import { env } from "../env";
import type { Collection, IngestReport, Progress } from "./librarian";
import type { LibraryQuery } from "./query";
import type { Task } from "./worker";

type Held = { soundingsLibrary?: Piscina };
type Without<T> = T extends Task ? Omit<T, "dataDir"> : never;

/** The threads that hold the library open: queries of many runs must not hold up the server. */
function threads(): Piscina {
	const held = globalThis as Held;
	held.soundingsLibrary ??= new Piscina({
		filename: join(process.cwd(), "lib/library/worker.ts"),
		execArgv: ["--conditions=react-server", "--import", "tsx"],
		minThreads: 1,
		maxThreads: 2,
		idleTimeout: 60_000,
	});
	return held.soundingsLibrary;
}

const ask = <T>(task: Without<Task>, options: object = {}): Promise<T> =>
	threads().run({ ...task, dataDir: env().DATA_DIR }, { name: "work", ...options }) as Promise<T>;

/** Documents that best match a text, in the given collections. Any text is a valid query. */
export const search = (collections: readonly string[], query: LibraryQuery): Promise<LibraryResults> =>
	ask({ op: "search", collections, query });

/** A document by address, id or exact title; undefined when none of the collections holds it. */
export const open = (collections: readonly string[], address: string): Promise<PageText | undefined> =>
	ask({ op: "open", collections, address });

/** Every collection with its number of documents. */
export const collections = (): Promise<Collection[]> => ask({ op: "collections" });

/** Takes a folder, a `.jsonl` corpus or a file into a collection. Rejects when the path does not exist. */
export async function addPath(path: string, collection: string, progress: Progress): Promise<IngestReport> {
	const { port1, port2 } = new MessageChannel();
	port1.on("message", progress);
	const report = await ask<IngestReport>({ op: "add", path, collection, port: port2 }, { transferList: [port2] });
	port1.close();
	return report;
}

/** Indexes the documentation that ships in the installed packages; quick when this version is indexed already. */
export const indexInstalledDocs = (): Promise<Collection[]> => ask({ op: "addInstalledDocs", root: process.cwd() });

/** Removes a collection with all its documents; returns how many there were. */
export const removeCollection = (name: string): Promise<number> => ask({ op: "removeCollection", name });

/** Ends the threads, so that a command can end. */
export async function closeLibrary(): Promise<void> {
	const held = globalThis as Held;
	await held.soundingsLibrary?.destroy();
	delete held.soundingsLibrary;
}
