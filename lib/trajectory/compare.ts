import { addressKey } from "./address";
import { type AlignedRow, align, type Both } from "./align";
import { callMarks } from "./call-marks";
import { type Deed, deedOf } from "./deed";
import { type Divergence, divergenceOf } from "./divergence";
import { reportOf } from "./report";
import { type CallRow, isKeptCall } from "./row";
import { type SettingRow, settingRows } from "./setting-rows";
import type { RunView } from "./view";

/** Why a call need not have been made, as far as the run shows. */
export type Waste = "duplicate" | "refetch" | "unused" | "failed";

/** What a run knows of a source: the call that first showed it, the call that opened it. */
export type Knowledge = { firstCall: number; openedCall?: number; cited: boolean };
export type SharedSource = { url: string; title: string; a?: Knowledge; b?: Knowledge };

/** Milliseconds and tokens of the whole run; `ms` ends with the last event of a run that goes on. */
export type Costs = Record<
	| "calls"
	| "turns"
	| "rollbacks"
	| "ms"
	| "inputTokens"
	| "cachedTokens"
	| "outputTokens"
	| "sources"
	| "opened"
	| "cited"
	| "wasted",
	number
>;

export type Incomparable = "question" | "preset" | "model" | "answerMode" | "going";

export type Comparison = {
	/** Kept calls in order; `rows` names them by place. */
	calls: Both<CallRow[]>;
	rows: AlignedRow[];
	cut?: Both<number>;
	divergence: Divergence;
	evidence: SharedSource[];
	/** By place among the kept calls. */
	wasted: Both<Map<number, Waste>>;
	costs: Both<Costs>;
	settings: SettingRow[];
	/** Why the difference may not be due to what one wants to compare. */
	incomparable: Incomparable[];
};

/** Compares two runs by what they did. Pure; linear but for the alignment (`align`). */
export function compareRuns(a: RunView, b: RunView): Comparison {
	const calls = { a: keptCalls(a), b: keptCalls(b) };
	const deeds: Both<Deed[]> = { a: calls.a.map(deedOf), b: calls.b.map(deedOf) };
	const { rows, cut } = align(deeds.a, deeds.b);
	const evidence = evidenceOf(a, b);
	const wasted = { a: wastedCalls(a), b: wastedCalls(b) };
	return {
		calls,
		rows,
		...(cut && { cut }),
		divergence: divergenceOf({ views: { a, b }, deeds, rows }),
		evidence,
		wasted,
		costs: { a: costsOf(a, wasted.a.size), b: costsOf(b, wasted.b.size) },
		settings: settingRows(a.settings, b.settings),
		incomparable: incomparable(a, b),
	};
}

const keptCalls = ({ rows }: RunView): CallRow[] => rows.filter(isKeptCall);

const citedKeys = (view: RunView): Set<string> =>
	new Set(reportOf(view)?.citations.map(({ url }) => addressKey(url)) ?? []);

/** Sources of both runs by address: those in both first, cited before opened before only seen. */
function evidenceOf(a: RunView, b: RunView): SharedSource[] {
	const known = new Map<string, SharedSource>();
	for (const [side, view] of [["a", a] as const, ["b", b] as const]) {
		const cited = citedKeys(view);
		for (const { url, title, firstCall, openedCall } of view.sources.values()) {
			const key = addressKey(url);
			const before = known.get(key) ?? { url, title };
			const sight = { firstCall, cited: cited.has(key), ...(openedCall !== undefined && { openedCall }) };
			known.set(key, { ...before, title: before.title || title, [side]: before[side] ?? sight });
		}
	}
	return [...known.values()].sort((one, two) => weightOf(two) - weightOf(one));
}

function weightOf({ a, b }: SharedSource): number {
	const cited = Number(a?.cited ?? false) + Number(b?.cited ?? false);
	const opened = Number(a?.openedCall !== undefined) + Number(b?.openedCall !== undefined);
	return cited * 10 + opened;
}

/** Calls that failed, repeat an earlier one, or are searches none of whose new sources was ever opened or cited. */
function wastedCalls(view: RunView): Map<number, Waste> {
	const used = citedKeys(view);
	for (const { url, openedCall } of view.sources.values()) if (openedCall !== undefined) used.add(addressKey(url));
	const marks = callMarks(view.rows);
	const wasted = new Map<number, Waste>();
	let at = 0;
	view.rows.forEach((row, index) => {
		const mark = marks.get(index);
		if (row.kind !== "call" || !mark) return;
		const waste = wasteOf(row, mark.duplicateOf !== undefined, mark.refetchOf !== undefined) ?? unused(row, used);
		if (waste) wasted.set(at, waste);
		at++;
	});
	return wasted;
}

function wasteOf(row: CallRow, isDuplicate: boolean, isRefetch: boolean): Waste | undefined {
	if (isDuplicate) return "duplicate";
	if (isRefetch) return "refetch";
	return row.status === "error" ? "failed" : undefined;
}

function unused(row: CallRow, used: ReadonlySet<string>): Waste | undefined {
	const { kind } = deedOf(row);
	if ((kind !== "search" && kind !== "library") || row.resultSeq === undefined) return undefined;
	return row.sources.some(({ url, firstSeen }) => firstSeen && used.has(addressKey(url))) ? undefined : "unused";
}

function costsOf(view: RunView, wasted: number): Costs {
	const { calls, turns, rollbacks, usage, sources } = view;
	let opened = 0;
	for (const { openedCall } of sources.values()) if (openedCall !== undefined) opened++;
	return {
		calls,
		turns,
		rollbacks,
		ms: (view.endedAt ?? view.lastAt) - view.startedAt,
		inputTokens: usage.inputTokens,
		cachedTokens: usage.cachedTokens ?? 0,
		outputTokens: usage.outputTokens,
		sources: sources.size,
		opened,
		cited: citedKeys(view).size,
		wasted,
	};
}

function incomparable(a: RunView, b: RunView): Incomparable[] {
	const found: Incomparable[] = [];
	if (a.question.trim() !== b.question.trim()) found.push("question");
	if (a.settings?.preset !== b.settings?.preset) found.push("preset");
	if (a.settings?.model.id !== b.settings?.model.id) found.push("model");
	if (a.settings?.answerMode !== b.settings?.answerMode) found.push("answerMode");
	if (a.state !== "ended" || b.state !== "ended") found.push("going");
	return found;
}
