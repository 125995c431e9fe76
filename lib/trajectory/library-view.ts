/** A collection of the library, and how many documents it holds. */
export type Collection = { name: string; documents: number };

/** A document as a list shows it. `key` names it as long as its text is what it is. */
export type ShelvedDocument = {
	key: string;
	docId: string;
	url: string;
	title: string;
	date?: string;
	source?: string;
};
/** Some documents of a collection by title, and how many there are. */
export type DocumentsPage = { documents: ShelvedDocument[]; total: number };

export const INTAKE_STATES = ["waiting", "reading", "added", "failed"] as const;
export type IntakeState = (typeof INTAKE_STATES)[number];
/** Something that could not be read, and why; `path` is the file, or the file and the line. */
export type Skipped = { path: string; why: string };
/** A file that was sent to the library. `read` documents of it are in; `skipped` are not, the first of them in `unread`. */
export type LibraryIntake = {
	id: string;
	collection: string;
	name: string;
	bytes: number;
	state: IntakeState;
	read: number;
	skipped: number;
	/** Why it failed. */
	why: string;
	unread: Skipped[];
};
/** How many files are in each state, and some of them: those that failed first, then what is under way. */
export type Intakes = { counts: Record<IntakeState, number>; shown: LibraryIntake[] };

/** A stretch of a text; `isHit` when a word that was looked for stands there. */
export type FoundStretch = { text: string; isHit: boolean };
/** A document that was found: its place in the ranking, from 1, and the score that put it there. */
export type FoundDocument = Omit<ShelvedDocument, "key"> & {
	rank: number;
	score: number;
	collection: string;
	snippet: FoundStretch[];
	terms: { term: string; documents: number }[];
};
/** What a search found. `unmatched`: words that no document of the library holds. `words`: those that were asked. */
export type FoundPage = { found: FoundDocument[]; total: number; words: string[]; unmatched: string[] };
