import "server-only";
import { join } from "node:path";
import type { LibraryResults, PageText } from "../agent/tool";
import type { Sqlite } from "../db/sqlite";
import type { Collection, DocumentsPage, FoundPage, Intakes, Skipped } from "../trajectory/library-view";
import { documentsAt, documentsIn, type ReadDocument } from "./files";
import { findPage } from "./find-page";
import { type Added, addDocuments, CollectionAway, type LibraryDocument, removeOne, resolveLinks } from "./ingest";
import { installedDocs } from "./installed-docs";
import * as intakes from "./intakes";
import { collectionsOf, documentsOf, heldOf, runShelvesOf } from "./lists";
import { open } from "./open";
import { type LibraryQuery, search, WordCounts } from "./query";
import * as removal from "./removal";
import { openShelf } from "./shelf";
import { dropLeftOver, dropUpload, uploadPath } from "./uploads";

const BATCH = 200;
const BEAT_MS = 4000;

export type IngestReport = Added & { skipped: Skipped[] };
export type Progress = (done: number) => void;
type Range = { offset: number; limit: number };

/** All that can be done with one library file; used in the worker threads, and by tests and commands directly. */
export class Librarian {
	private readonly sqlite: Sqlite;
	private readonly counts: WordCounts;
	private readonly dataDir: string;
	private seen = 0;

	constructor(dataDir: string) {
		this.dataDir = dataDir;
		this.sqlite = openShelf(join(dataDir, "library.db"));
		this.counts = new WordCounts(this.sqlite);
	}

	search(collections: readonly string[], query: LibraryQuery): LibraryResults {
		this.forgetIfChanged();
		return search(this.sqlite, this.counts, removal.kept(this.sqlite, collections), query);
	}

	/** The same ranking as `search`, as a page shows it. */
	find(collections: readonly string[], query: LibraryQuery): FoundPage {
		this.forgetIfChanged();
		return findPage(this.sqlite, this.counts, removal.kept(this.sqlite, collections), query);
	}

	open(collections: readonly string[], address: string): PageText | undefined {
		return open(this.sqlite, removal.kept(this.sqlite, collections), address);
	}

	collections(): Collection[] {
		return collectionsOf(this.sqlite);
	}

	documents(collection: string, range: Range): DocumentsPage {
		return documentsOf(this.sqlite, collection, range);
	}

	held(collection: string, addresses: readonly string[]): string[] {
		return heldOf(this.sqlite, collection, addresses);
	}

	/** Takes in a folder, a corpus or a file. */
	async add(path: string, collection: string, progress: Progress = () => undefined): Promise<IngestReport> {
		removal.makeRoom(this.sqlite, collection);
		return this.ingest(documentsAt(path, collection), collection, progress);
	}

	/** Puts texts that were read already into a collection. */
	shelve(collection: string, documents: readonly LibraryDocument[]): void {
		addDocuments(this.sqlite, collection, documents);
		this.counts.clear();
	}

	/** Names of the collections that belong to runs. */
	runShelves(): string[] {
		return runShelvesOf(this.sqlite);
	}

	/** Indexes the documentation of the installed packages, unless this very version is indexed already or was removed. */
	async addInstalledDocs(root: string): Promise<Collection[]> {
		const done: Collection[] = [];
		for (const { collection, version, documents } of await installedDocs(root)) {
			if (this.sqlite.prepare("select 1 from declined where collection = ?").get(collection)) continue;
			if (this.versionOf(collection) !== version) this.replaceAll(collection, version, documents);
			done.push({ name: collection, documents: documents.length });
		}
		return done;
	}

	/** The same, when somebody asks for it: those that were removed come again. */
	async welcomeInstalledDocs(root: string): Promise<Collection[]> {
		this.sqlite.prepare("delete from declined").run();
		return this.addInstalledDocs(root);
	}

	removeCollection(name: string): number {
		removal.decline(this.sqlite, name);
		return this.drop(name);
	}

	removeDocument(collection: string, address: string): boolean {
		const found = this.sqlite
			.prepare<[string, string, string], { id: number }>(
				"select id from documents where collection = ? and (url = ? or doc_id = ?)",
			)
			.get(collection, address, address);
		if (found) this.sqlite.transaction(() => removeOne(this.sqlite, found.id)).immediate();
		this.counts.clear();
		return found !== undefined;
	}

	renameCollection(from: string, to: string): ReturnType<typeof removal.renameCollection> {
		return removal.renameCollection(this.sqlite, from, to);
	}

	/** Takes documents (by key) or a collection out of sight; `bringBack…` undoes it for a quarter of a minute. */
	putAwayDocuments(keys: readonly string[]): number {
		return removal.putAwayDocuments(this.sqlite, keys);
	}

	bringBackDocuments(keys: readonly string[]): number {
		return removal.bringBackDocuments(this.sqlite, keys);
	}

	putAwayCollection(name: string): boolean {
		return removal.putAwayCollection(this.sqlite, name);
	}

	bringBackCollection(name: string): boolean {
		return removal.bringBackCollection(this.sqlite, name);
	}

	/** Removes for good what was put away long enough ago, with the files of such collections that still wait. */
	async purge(): Promise<void> {
		const due = Date.now() - removal.KEPT_MS;
		for (const name of removal.collectionsAway(this.sqlite, due)) {
			await this.dismissIntakes(intakes.intakesOf(this.sqlite, name));
			this.drop(name);
		}
		removal.purgeDocuments(this.sqlite, due);
		this.counts.clear();
		await dropLeftOver(this.dataDir, intakes.allIntakes(this.sqlite));
	}

	hasRoom(bytes: number): boolean {
		return intakes.hasRoom(this.sqlite, bytes);
	}

	/** Puts a file whose bytes are at `uploadPath(id)` into the line. */
	queueIntake(sent: intakes.Sent): void {
		removal.makeRoom(this.sqlite, sent.collection);
		intakes.queueIntake(this.sqlite, sent);
	}

	intakes(): Intakes {
		return intakes.intakesNow(this.sqlite);
	}

	retryIntake(id: string): boolean {
		return intakes.retryIntake(this.sqlite, id);
	}

	releaseIntakes(): void {
		intakes.releaseIntakes(this.sqlite);
	}

	async dismissIntakes(ids: readonly string[]): Promise<number> {
		const gone = intakes.dismissIntakes(this.sqlite, ids);
		for (const id of gone) await dropUpload(this.dataDir, id);
		return gone.length;
	}

	/** Reads the next file of the line into its collection. False when none waits. */
	async takeInNext(): Promise<boolean> {
		const next = intakes.claimIntake(this.sqlite);
		if (!next) return false;
		const { id, collection, name } = next;
		const beat = setInterval(() => intakes.beatIntake(this.sqlite, id), BEAT_MS);
		try {
			const documents = documentsIn(uploadPath(this.dataDir, id), name, collection);
			const { skipped, ...counts } = await this.ingest(documents, collection, (read) => {
				if (!intakes.beatIntake(this.sqlite, id, read)) throw new CollectionAway(`${name} was taken out of the line.`);
			});
			const read = counts.added + counts.replaced + counts.unchanged;
			intakes.endIntake(this.sqlite, { id, read, skipped, why: read > 0 ? "" : whyNothing(skipped) });
			if (read > 0) await dropUpload(this.dataDir, id);
		} catch (error) {
			if (error instanceof CollectionAway) intakes.postponeIntake(this.sqlite, id);
			else intakes.endIntake(this.sqlite, { id, read: 0, skipped: [], why: whyNot(error) });
		} finally {
			clearInterval(beat);
		}
		return true;
	}

	close(): void {
		this.sqlite.close();
	}

	/** In transactions of at most 200 documents, yielding between them. */
	private async ingest(documents: AsyncIterable<ReadDocument>, collection: string, progress: Progress) {
		const report: IngestReport = { added: 0, replaced: 0, unchanged: 0, skipped: [] };
		let batch: LibraryDocument[] = [];
		let hasLinks = false;
		const flush = () => {
			if (batch.length > 0) merge(report, addDocuments(this.sqlite, collection, batch));
			batch = [];
			progress(report.added + report.replaced + report.unchanged);
		};
		for await (const taken of documents) {
			if ("skipped" in taken) report.skipped.push(taken.skipped);
			else batch.push(taken.document);
			hasLinks ||= "document" in taken && (taken.document.links?.length ?? 0) > 0;
			if (batch.length === BATCH) flush();
		}
		flush();
		if (hasLinks) resolveLinks(this.sqlite, collection);
		this.counts.clear();
		return report;
	}

	private versionOf(collection: string): string | null | undefined {
		return this.sqlite
			.prepare<[string], { version: string | null }>("select version from collections where name = ?")
			.get(collection)?.version;
	}

	private replaceAll(collection: string, version: string, documents: readonly LibraryDocument[]): void {
		removal.dropInstalled(this.sqlite, collection);
		for (let at = 0; at < documents.length; at += BATCH)
			addDocuments(this.sqlite, collection, documents.slice(at, at + BATCH));
		this.sqlite.prepare("update collections set version = ? where name = ?").run(version, collection);
		this.counts.clear();
	}

	private drop(name: string): number {
		const documents = removal.dropCollection(this.sqlite, name);
		this.counts.clear();
		return documents;
	}

	/** Another connection may have changed the library: SQLite counts that for us. */
	private forgetIfChanged(): void {
		const version = Number(this.sqlite.pragma("data_version", { simple: true }));
		if (version !== this.seen) this.counts.clear();
		this.seen = version;
	}
}

/** Why nothing of a file came in. */
function whyNothing(skipped: readonly Skipped[]): string {
	const [first] = skipped;
	if (!first) return "There is no text in it.";
	return skipped.length === 1 ? first.why : `None of its ${skipped.length} rows could be read.`;
}

function whyNot(error: unknown): string {
	if (error instanceof Error && "code" in error && error.code === "ENOENT")
		return "The file that was sent is gone. Add it again.";
	return error instanceof Error ? error.message : String(error);
}

function merge(report: IngestReport, added: Added): void {
	report.added += added.added;
	report.replaced += added.replaced;
	report.unchanged += added.unchanged;
}
