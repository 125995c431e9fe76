import "server-only";
import { hitsIn, MOST_HITS } from "../trajectory/find-event";
import type { FindHit, FindResult } from "../trajectory/find-hit";
import { type FindQuery, finderOf, findQuery } from "../trajectory/find-text";
import { store } from "./client";
import { type EventRow, eventOf } from "./events";
import { type JournalPart, lineageOf } from "./lineage";

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
