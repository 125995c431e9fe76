/** Where in a row something was found. */
export type FoundPart = "thought" | "reply" | "arguments" | "result" | "words" | "note";

/**
 * One part of one row that holds what was looked for. `seq` is the event, `call` counts the calls of a reply from 0,
 * `target` is what a note was written on. `offset` (UTF-16 units) is the first of `count` places in the part.
 */
export type FindHit = {
	seq: number;
	part: FoundPart;
	call?: number;
	target?: number;
	offset: number;
	count: number;
	/** The place with what stands around it, on one line. */
	before: string;
	match: string;
	after: string;
};

/** `isCut`: there is more than was looked for. */
export type FindResult = { hits: FindHit[]; isCut: boolean };

/** What is looked for is cut at this many characters. */
export const MOST_FIND_CHARS = 200;
