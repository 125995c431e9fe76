/** A piece of a document, by character offsets. */
export type Stretch = { start: number; stop: number };

const LONGEST = 1500;
const SHORTEST = 300;

/**
 * Cuts a text at headings and paragraphs into passages of at most about 1,500 characters; a short document is one
 * passage. Nothing is left out.
 */
export function passagesOf(text: string): Stretch[] {
	if (text.length <= LONGEST) return [{ start: 0, stop: text.length }];
	const passages: Stretch[] = [];
	let start = 0;
	for (const at of breaks(text)) {
		const size = at - start;
		const heading = text.startsWith("#", at);
		if (size < SHORTEST || (!heading && size < LONGEST)) continue;
		push(passages, start, at);
		start = at;
	}
	push(passages, start, text.length);
	return passages;
}

function* breaks(text: string): Generator<number> {
	const gap = /\n\s*\n/g;
	for (let match = gap.exec(text); match; match = gap.exec(text)) yield match.index + match[0].length;
}

/** A paragraph longer than a passage (a big table, a wall of text) is cut at line ends, else anywhere. */
function push(passages: Stretch[], start: number, stop: number): void {
	let from = start;
	while (stop - from > 2 * LONGEST) {
		passages.push({ start: from, stop: from + LONGEST });
		from += LONGEST;
	}
	if (stop > from) passages.push({ start: from, stop });
}
