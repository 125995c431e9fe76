import "server-only";
import type { MessagePort } from "node:worker_threads";
import { Librarian } from "./librarian";

/** What a library thread can be asked: the librarian's methods by name, with their arguments. */
export type Op = Exclude<keyof Librarian, "close">;
export type Task = {
	dataDir: string;
	op: Op;
	args: readonly unknown[];
	/** Takes the number of documents read so far; for `add`, as its last argument. */
	port?: MessagePort;
};

const open = new Map<string, Librarian>();

/** Runs in the thread: the database stays open between requests. */
export function work({ dataDir, op, args, port }: Task): unknown {
	const librarian = open.get(dataDir) ?? new Librarian(dataDir);
	open.set(dataDir, librarian);
	const method = librarian[op] as (...args: readonly unknown[]) => unknown;
	return method.call(librarian, ...args, ...(port ? [(done: number) => port.postMessage(done)] : []));
}
