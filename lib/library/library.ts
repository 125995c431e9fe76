import "server-only";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { Piscina } from "piscina";
import { env } from "../env";
import type { IngestReport, Librarian, Progress } from "./librarian";
import type { Op, Task } from "./worker";

type Held = { soundingsLibrary?: Piscina };
type Args<T extends Op> = Parameters<Librarian[T]>;
type Answer<T extends Op> = Promise<Awaited<ReturnType<Librarian[T]>>>;

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

/** Asks a library thread for one of the librarian's methods. */
export const ask = <T extends Op>(op: T, ...args: Args<T>): Answer<T> => {
	const task: Task = { op, args, dataDir: env().DATA_DIR };
	return threads().run(task, { name: "work" }) as Answer<T>;
};

/** Documents that best match a text, in the given collections. Any text is a valid query. */
export const search = (...args: Args<"search">): Answer<"search"> => ask("search", ...args);

/** A document by address, id or exact title; undefined when none of the collections holds it. */
export const open = (...args: Args<"open">): Answer<"open"> => ask("open", ...args);

/** Every collection with its number of documents. */
export const collections = (): Answer<"collections"> => ask("collections");

/** Takes a folder, a `.jsonl` corpus or a file into a collection. Rejects when the path does not exist. */
export async function addPath(path: string, collection: string, progress: Progress): Promise<IngestReport> {
	const { port1, port2 } = new MessageChannel();
	port1.on("message", progress);
	const task: Task = { op: "add", args: [path, collection], dataDir: env().DATA_DIR, port: port2 };
	const report = (await threads().run(task, { name: "work", transferList: [port2] })) as IngestReport;
	port1.close();
	return report;
}

/** Indexes the documentation that ships in the installed packages; quick when this version is indexed already. */
export const indexInstalledDocs = (): Answer<"addInstalledDocs"> => ask("addInstalledDocs", process.cwd());

/** Removes a collection with all its documents; returns how many there were. */
export const removeCollection = (name: string): Answer<"removeCollection"> => ask("removeCollection", name);

/** Ends the threads, so that a command can end. */
export async function closeLibrary(): Promise<void> {
	const held = globalThis as Held;
	await held.soundingsLibrary?.destroy();
	delete held.soundingsLibrary;
}
