import type { AgentEvent, RunEvent } from "./event";
import type { FindHit, FoundPart } from "./find-hit";
import type { Finder } from "./find-text";
import { proseOf } from "./row";
import { splitThink } from "./think";

/** Hits beyond this are not looked for: nobody steps through them. */
export const MOST_HITS = 2000;
const AROUND_CHARS = 60;

/** What a whole event holds of a phrase: in its thought, reply, arguments, result, words or note. */
export function hitsIn(event: RunEvent, finder: Finder): FindHit[] {
	return textsOf(event).flatMap(({ part, text, ...place }) => {
		const found = finder(text);
		const [first] = found;
		if (!first) return [];
		const before = text.slice(Math.max(0, first.start - AROUND_CHARS), first.start);
		const after = text.slice(first.end, first.end + 2 * AROUND_CHARS);
		return [
			{
				seq: event.seq,
				part,
				...place,
				offset: first.start,
				count: found.length,
				before: `${first.start > AROUND_CHARS ? "…" : ""}${oneLine(before)}`,
				match: oneLine(text.slice(first.start, first.end)),
				after: oneLine(after),
			},
		];
	});
}

const oneLine = (text: string) => text.replace(/\s+/g, " ");

type SearchedText = { part: FoundPart; text: string; call?: number; target?: number };

/** What a person reads of an event, part by part as the page shows it. */
function textsOf(event: AgentEvent): SearchedText[] {
	switch (event.type) {
		case "model.replied": {
			const split = splitThink(event.content);
			return [
				{ part: "thought", text: (event.reasoning ?? split.reasoning).trim() },
				{ part: "reply", text: proseOf(split.visible) },
				...event.calls.map(({ args }, call) => ({ part: "arguments" as const, call, text: argumentText(args) })),
			];
		}
		case "tool.returned":
			return [{ part: "result", text: event.text || event.summary }];
		case "user.steered":
			return [{ part: "words", text: event.text }];
		case "note.added":
			return [{ part: "note", text: event.text, target: event.target ?? 0 }];
		default:
			return [];
	}
}

const argumentText = (args: Record<string, unknown>): string =>
	Object.values(args)
		.map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
		.join("\n");
