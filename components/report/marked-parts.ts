import { findPassage } from "./passage";

/** A stretch of a text as it is shown; `start` is its place, in characters. */
type MarkedPart = { start: number; text: string; isHit: boolean };

/** A whole text in stretches; those that the claims rest on are hits. */
export function markedParts(text: string, claims: readonly string[]): MarkedPart[] {
	const hits = findPassage(text, claims).pieces.filter(({ isHit }) => isHit);
	const parts: MarkedPart[] = [];
	let at = 0;
	for (const hit of hits) {
		const found = text.indexOf(hit.text.replace(/… $/, ""), at);
		if (found < 0) continue;
		parts.push({ start: at, text: text.slice(at, found), isHit: false });
		parts.push({ start: found, text: hit.text, isHit: true });
		at = found + hit.text.length;
	}
	return [...parts, { start: at, text: text.slice(at), isHit: false }];
}
