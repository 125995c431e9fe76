import "server-only";
import type { AgentEvent, RunEvent } from "../trajectory/event";
import type { FindHit, FindResult, FoundPart } from "../trajectory/find-hit";
import { type Finder, type FindQuery, finderOf, findQuery } from "../trajectory/find-text";
import { proseOf } from "../trajectory/row";
import { splitThink } from "../trajectory/think";
import { store } from "./client";
import { type EventRow, eventOf } from "./events";
import { type JournalPart, lineageOf } from "./lineage";

/** Hits beyond this are not looked for: nobody steps through them. */
const MOST_HITS = 2000;
const AROUND_CHARS = 60;
const SEARCHED = "'model.replied', 'tool.returned', 'user.steered', 'note.added'";

/** Everything in a run's thoughts, arguments, results, words and notes that holds a phrase, in the order of events. */
export async function findInRun(runId: string, typed: string): Promise<FindResult> {
	const finder = finderOf(typed);
	const query = findQuery(typed);
	const hits: FindHit[] = [];
	if (!finder) return { hits, isCut: false };
	for (const part of lineageOf(runId)) {
		for (const row of candidates(part, query)) {
			hits.push(...hitsIn(eventOf({ ...row, runId }), finder));
			if (hits.length >= MOST_HITS) return { hits: hits.slice(0, MOST_HITS), isCut: true };
		}
	}
	return { hits, isCut: false };
}

/**
 * Events that may hold the phrase: by the index of words; by their text where words do not stand apart. The index has
 * arguments as JSON, where a line end glues to the next word, so those are looked through as well.
 */
function candidates(part: JournalPart, query: FindQuery): Iterable<EventRow> {
	const { runId, from, to } = part;
	const sqlite = store().$client;
	const longest = [...query.words].sort((a, b) => b.length - a.length)[0] ?? query.literal;
	const like = query.words.length === 0 ? "%" : `%${longest.replace(/[\\%_]/g, "\\$&")}%`;
	const columns = "run_id as runId, seq, at, type, json, body";
	const within = `run_id = ? and seq between ? and ? and type in (${SEARCHED})`;
	if (query.isUnspaced || query.words.length === 0) {
		const scan = `select ${columns} from events where ${within} and (body like ? escape '\\' or json like ? escape '\\') order by seq`;
		return sqlite.prepare<unknown[], EventRow>(scan).iterate(runId, from, to, like, like);
	}
	const span = sqlite
		.prepare<unknown[], { first: number | null; last: number | null }>(
			"select min(rowid) as first, max(rowid) as last from events where run_id = ? and seq between ? and ?",
		)
		.get(runId, from, to);
	const phrase = `"${query.words.join(" ")}" *`;
	const indexed = "select rowid from event_words where event_words match ? and rowid between ? and ?";
	return sqlite
		.prepare<unknown[], EventRow>(
			`select ${columns} from events where ${within} and (rowid in (${indexed}) or json like ? escape '\\') order by seq`,
		)
		.iterate(runId, from, to, phrase, span?.first ?? 0, span?.last ?? 0, like);
}

function hitsIn(event: RunEvent, finder: Finder): FindHit[] {
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
