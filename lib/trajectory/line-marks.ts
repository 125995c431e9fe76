/** What the sounding line draws. Positions count kept calls; `rollbacks` stand behind the call they name. */
export type LineMarks = {
	/** One letter a call (`KIND_LETTER`). */
	kinds: string;
	newSources: number[];
	errors: number[];
	rollbacks: number[];
	steers: number[];
};

export const emptyMarks = (): LineMarks => ({ kinds: "", newSources: [], errors: [], rollbacks: [], steers: [] });

/** Takes the marks of withdrawn calls off the line: `calls` are left. */
export function withdrawMarks(line: LineMarks, calls: number): void {
	line.kinds = line.kinds.slice(0, calls);
	for (const marks of [line.errors, line.newSources]) while ((marks.at(-1) ?? 0) > calls) marks.pop();
}
