import { findPassage } from "./passage";
import type { Stated } from "./statements";

export const farKey = (n: number, claims: readonly string[]) => JSON.stringify([n, ...claims]);

/** The citations of source `n` whose claim no sentence of its text is near to. */
export const farFrom = (text: string, n: number, statements: readonly Stated[]): string[] =>
	statements.flatMap(({ n: cited, claims }) =>
		cited === n && !findPassage(text, claims).isClose ? [farKey(n, claims)] : [],
	);
