import "server-only";
import type { MessagePort } from "node:worker_threads";
import { Librarian } from "./librarian";
import type { LibraryQuery } from "./query";

/** One request to a library thread. */
export type Task =
	| { op: "search"; dataDir: string; collections: readonly string[]; query: LibraryQuery }
	| { op: "open"; dataDir: string; collections: readonly string[]; address: string }
	| { op: "collections"; dataDir: string }
	| { op: "add"; dataDir: string; path: string; collection: string; port?: MessagePort }
	| { op: "addInstalledDocs"; dataDir: string; root: string }
	| { op: "removeCollection"; dataDir: string; name: string };

const open = new Map<string, Librarian>();

/** Runs in the thread: the database stays open between requests. */
export function work(task: Task): unknown {
	const librarian = open.get(task.dataDir) ?? new Librarian(task.dataDir);
	open.set(task.dataDir, librarian);
	switch (task.op) {
		case "search":
			return librarian.search(task.collections, task.query);
		case "open":
			return librarian.open(task.collections, task.address);
		case "collections":
			return librarian.collections();
		case "add":
			return librarian.add(task.path, task.collection, (done) => task.port?.postMessage(done));
		case "addInstalledDocs":
			return librarian.addInstalledDocs(task.root);
		case "removeCollection":
			return librarian.removeCollection(task.name);
		default:
			return task satisfies never;
	}
}
