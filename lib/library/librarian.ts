import "server-only";
import { join } from "node:path";
import type { LibraryResults, PageText } from "../agent/tool";
import type { Sqlite } from "../db/sqlite";
import { documentsAt, type Skipped } from "./files";
import { type Added, addDocuments, type LibraryDocument, removeOne, resolveLinks } from "./ingest";
import { installedDocs } from "./installed-docs";
import { open } from "./open";
import { type LibraryQuery, search, WordCounts } from "./query";
import { openShelf } from "./shelf";

const BATCH = 200;

export type Collection = { name: string; documents: number };
export type IngestReport = Added & { skipped: Skipped[] };
export type Progress = (done: number) => void;

/** All that can be done with one library file; used in the worker threads, and by tests and commands directly. */
export class Librarian {
	private readonly sqlite: Sqlite;
	private readonly counts: WordCounts;

	constructor(dataDir: string) {
		this.sqlite = openShelf(join(dataDir, "library.db"));
		this.counts = new WordCounts(this.sqlite);
	}

	search(collections: readonly string[], query: LibraryQuery): LibraryResults {
		this.forgetIfChanged();
		return search(this.sqlite, this.counts, collections, query);
	}

	open(collections: readonly string[], address: string): PageText | undefined {
		return open(this.sqlite, collections, address);
	}

	collections(): Collection[] {
		return this.sqlite
			.prepare<[], Collection>(
				"select c.name, count(d.id) as documents from collections c left join documents d on d.collection = c.name group by c.name order by c.name",
			)
			.all();
	}

	/** Takes in a folder, a corpus or a file, in transactions of at most 200 documents, yielding between them. */
	async add(path: string, collection: string, progress: Progress = () => undefined): Promise<IngestReport> {
		const report: IngestReport = { added: 0, replaced: 0, unchanged: 0, skipped: [] };
		let batch: LibraryDocument[] = [];
		const flush = () => {
			if (batch.length > 0) merge(report, addDocuments(this.sqlite, collection, batch));
			batch = [];
			progress(report.added + report.replaced + report.unchanged);
		};
		for await (const taken of documentsAt(path, collection)) {
			if ("skipped" in taken) report.skipped.push(taken.skipped);
			else batch.push(taken.document);
			if (batch.length === BATCH) flush();
		}
		flush();
		resolveLinks(this.sqlite, collection);
		this.changed();
		return report;
	}

	/** Indexes the documentation of the installed packages, unless this very version is indexed already. */
	async addInstalledDocs(root: string): Promise<Collection[]> {
		const done: Collection[] = [];
		for (const { collection, version, documents } of await installedDocs(root)) {
			if (this.versionOf(collection) !== version) this.replaceAll(collection, version, documents);
			done.push({ name: collection, documents: documents.length });
		}
		return done;
	}

	removeCollection(name: string): number {
		const documents = this.sqlite
			.prepare<[string], { id: number }>("select id from documents where collection = ?")
			.all(name);
		this.sqlite
			.transaction(() => {
				for (const { id } of documents) removeOne(this.sqlite, id);
				this.sqlite.prepare("delete from collections where name = ?").run(name);
			})
			.immediate();
		this.changed();
		return documents.length;
	}

	removeDocument(collection: string, address: string): boolean {
		const found = this.sqlite
			.prepare<[string, string, string], { id: number }>(
				"select id from documents where collection = ? and (url = ? or doc_id = ?)",
			)
			.get(collection, address, address);
		if (found) this.sqlite.transaction(() => removeOne(this.sqlite, found.id)).immediate();
		this.changed();
		return found !== undefined;
	}

	close(): void {
		this.sqlite.close();
	}

	private versionOf(collection: string): string | null | undefined {
		return this.sqlite
			.prepare<[string], { version: string | null }>("select version from collections where name = ?")
			.get(collection)?.version;
	}

	private replaceAll(collection: string, version: string, documents: readonly LibraryDocument[]): void {
		this.removeCollection(collection);
		for (let at = 0; at < documents.length; at += BATCH)
			addDocuments(this.sqlite, collection, documents.slice(at, at + BATCH));
		this.sqlite.prepare("update collections set version = ? where name = ?").run(version, collection);
		this.changed();
	}

	private seen = 0;

	private changed(): void {
		this.counts.clear();
	}

	/** Another connection may have changed the library: SQLite counts that for us. */
	private forgetIfChanged(): void {
		const version = Number(this.sqlite.pragma("data_version", { simple: true }));
		if (version !== this.seen) this.counts.clear();
		this.seen = version;
	}
}

function merge(report: IngestReport, added: Added): void {
	report.added += added.added;
	report.replaced += added.replaced;
	report.unchanged += added.unchanged;
}
