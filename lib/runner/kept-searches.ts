import "server-only";
import type { Tool, ToolOutcome } from "../agent/tool";
import { readEvents } from "../db/events";
import type { RunEvent } from "../trajectory/event";
import type { RunSettings } from "../trajectory/settings";
import { callKey, callResults } from "./call-results";

/** The tools that ask the web, whose answers are kept for the run. */
const KEPT = new Set(["google_search", "web_search"]);
/** An older answer is asked for again: a run may go on after days. */
const FRESH_MS = 24 * 3_600_000;
const MARK = " (as before in this run)";

/**
 * Search tools that put each query to the web once in a run. The journal is the memory: what `past` holds, inherited
 * from a parent too, answers the same query again for a day, so that nothing is paid for twice after a rollback, a
 * restart, a resume or a fork, and a recording has all there is to serve again. What failed in whole or in part is not
 * kept.
 */
export function keptSearches(tools: readonly Tool[], past: readonly RunEvent[], now = Date.now): Tool[] {
	const kept = new Map<string, { at: number; outcome: ToolOutcome }>();
	for (const { key, name, at, outcome } of callResults(past, tools)) {
		if (KEPT.has(name) && isWhole(outcome)) kept.set(key, { at, outcome });
	}
	return tools.map((tool) => (KEPT.has(tool.spec.name) ? keeping(tool) : tool));

	function keeping(tool: Tool): Tool {
		return {
			...tool,
			run: async (args, context) => {
				const key = callKey(tools, tool.spec.name, args);
				const known = kept.get(key);
				if (known && now() - known.at < FRESH_MS) return marked(known.outcome);
				const outcome = await tool.run(args, context);
				if (outcome.status !== "error" && isWhole(outcome)) kept.set(key, { at: now(), outcome });
				return outcome;
			},
		};
	}
}

/** A provider's failure stands in the result under a key of its own; within a text its quotation marks are escaped. */
const isWhole = ({ text }: ToolOutcome): boolean => !/[,{]"failed":\[/.test(text);

const marked = (outcome: ToolOutcome): ToolOutcome => ({
	...outcome,
	summary: outcome.summary.replace(MARK, "") + MARK,
});

/**
 * The end of a run's past that was found within the same bounds as now: what comes after the last fork that changed the
 * places to search. A parent that is gone may have had others.
 */
export async function pastWithin(settings: RunSettings, past: readonly RunEvent[]): Promise<readonly RunEvent[]> {
	for (let at = past.length - 1; at >= 0; at--) {
		const event = past[at];
		if (event?.type !== "run.forked" || !event.changes.includes("settings")) continue;
		const [started] = await readEvents(event.parent.runId, 0, 1);
		const isSame = started?.type === "run.started" && placesOf(started.settings) === placesOf(settings);
		if (!isSame) return past.slice(at + 1);
	}
	return past;
}

const placesOf = ({ collections, blockedHosts, sites }: RunSettings): string =>
	JSON.stringify([collections, blockedHosts, sites?.only ?? [], sites?.never ?? []]);
