import type { Snapshot, SnapshotPart, SnapshotSource } from "../trajectory/snapshot";

/** The words a document adds to what the run says, in the language of who asked for it. */
export type PaperWords = {
	/** BCP 47 tag of these words. */
	language: string;
	references: string;
	shortAnswer: string;
	/** Said where the answer was forced. */
	forced: string;
	footnotes: string;
	asRead: string;
	/** When and with what the run was made, one line. */
	made: string;
	/** Says an image was not taken along; stands before its description. */
	image: string;
	/** Says of an address that it is not linked, because it carries a message. */
	unlinked: string;
};

/** What a document shows of a run: any snapshot, or the run itself for its owner. */
export type PaperFacts = Pick<Snapshot, "title" | "question" | "outcome" | "report" | "sources">;

/** All that a document is made of: the run's part, its long texts, and the words around them. */
export type Paper = { snapshot: PaperFacts; parts: ReadonlyMap<SnapshotPart, string>; words: PaperWords };

/** An entry of the reference list; `text` is the page as it was read, where the scope holds it. */
export type PaperReference = { n: number; title: string; url: string; date?: string; text?: string };

/** The reference list: the citations of the report, with what the sources know beyond them. */
export function referencesOf({ snapshot, parts }: Paper): PaperReference[] {
	const sources = new Map(snapshot.sources.map((source) => [source.n, source]));
	return (snapshot.report?.citations ?? []).map(({ n, title, url }) => {
		const { date, part }: Partial<SnapshotSource> = sources.get(n) ?? {};
		const text = part && parts.get(part);
		return { n, title, url, ...(date && { date }), ...(text && { text }) };
	});
}
