export type WordedSentence = { pattern: RegExp; names: string[]; wording: string };

/**
 * What the product recorded or refused in English, in the reader's language. A run's facts are kept in one language, so
 * they are put into another one where they are read: sentence by sentence, and as they are from the first unknown one on.
 */
export function inLanguage(text: string, sentences: readonly WordedSentence[]): string {
	let said = "";
	let at = 0;
	while (at < text.length) {
		const next = translated(text, at, sentences);
		if (!next) return said + text.slice(at);
		said += next.said;
		at = next.end;
	}
	return said;
}

function translated(text: string, at: number, sentences: readonly WordedSentence[]) {
	for (const { pattern, names, wording } of sentences) {
		pattern.lastIndex = at;
		const found = pattern.exec(text);
		if (!found) continue;
		const values = new Map(names.map((name, index) => [name, found[index + 1] ?? ""]));
		return { said: wording.replace(/\{(\w+)\}/g, (_, name) => values.get(name) ?? ""), end: at + found[0].length };
	}
	return;
}

const HOLE = /\{(\w+)\}/;

/** `{n}` stands for a number, any other name for a stretch of text, up to the end where it closes the sentence. */
export function sentencesOf(catalogue: Record<string, string>): WordedSentence[] {
	return Object.entries(catalogue).map(([english, wording]) => {
		const pieces = english.split(HOLE);
		const names = pieces.filter((_, index) => index % 2 === 1);
		const source = pieces.map((piece, index) => (index % 2 === 0 ? escaped(piece) : hole(piece))).join("");
		const end = english.endsWith("}") ? "$" : "(?:\\s+|$)";
		return { pattern: new RegExp(`${source}${end}`, "sy"), names, wording };
	});
}

const hole = (name: string) => (name === "n" ? "([\\d,.]{1,20})" : "(.{1,600}?)");
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
