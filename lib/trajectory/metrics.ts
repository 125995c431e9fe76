import { callMarks } from "./call-marks";
import type { FaultClass, RollbackReason } from "./event";
import { addUsage, type CallRow, isTurnRow, type Row, type TurnRow } from "./row";
import type { RunView } from "./view";

export type ToolMetrics = { name: string; calls: number; errors: number; ms: number; newSources: number };
export type HostMetrics = { host: string; seen: number; opened: number };
/** Of one sampled reply: prompt and reply in tokens, times in milliseconds. `n` is the first call it made, or the one before. */
export type TurnMetrics = {
	n: number;
	promptTokens: number;
	cachedTokens: number | undefined;
	replyTokens: number;
	ttftMs: number | undefined;
	modelMs: number;
};

/** The run in figures; times in milliseconds, tokens as the model server counted them. */
export type RunMetrics = {
	/** Kept calls and turns, as the budget counts them. */
	calls: number;
	turns: number;
	/** Every reply sampled and every tool run, those of rolled-back turns and earlier attempts included. */
	replies: number;
	toolRuns: number;
	attempts: number;
	rollbacks: [RollbackReason, number][];
	faults: [FaultClass, number][];
	usage: RunView["usage"];
	elapsedMs: number;
	modelMs: number;
	toolMs: number;
	tools: ToolMetrics[];
	hosts: HostMetrics[];
	/** Sources seen and opened after each kept call, from call 1. */
	sources: { n: number; seen: number; opened: number }[];
	perTurn: TurnMetrics[];
	/** Kept calls that ask or fetch what an earlier kept call had asked or fetched (`callMarks`). */
	repeats: number;
	/** Kept calls that brought no source the run had not seen. */
	withoutNew: number;
	/** The last kept call that brought a new source. */
	lastNew: number;
};

/** Computed anew from the fold: linear in its rows and sources. */
export function metricsOf(view: RunView): RunMetrics {
	const turns = view.rows.filter(isTurnRow);
	const calls = turns.filter((row): row is CallRow => row.kind === "call");
	const kept = calls.filter(({ n }) => n !== undefined);
	const firsts = firstRows(turns);
	const repeated = [...callMarks(view.rows).values()].filter(
		({ duplicateOf, refetchOf }) => duplicateOf !== undefined || refetchOf !== undefined,
	);
	const withNew = kept.filter(({ sources }) => sources.some(({ firstSeen }) => firstSeen));
	return {
		calls: view.calls,
		turns: view.turns,
		replies: firsts.filter(({ replySeq }) => replySeq !== undefined).length,
		toolRuns: calls.filter(({ calledAt }) => calledAt !== undefined).length,
		attempts: view.attempt,
		rollbacks: counted(firsts.flatMap(({ rolledBack }) => (rolledBack ? [rolledBack.reason] : []))),
		faults: counted(firsts.flatMap(({ faults }) => faults.map(({ fault }) => fault))),
		usage: view.usage,
		elapsedMs: Math.max(0, (view.endedAt ?? view.lastAt) - view.startedAt),
		modelMs: firsts.reduce((all, { modelMs = 0 }) => all + modelMs, 0),
		toolMs: calls.reduce((all, { toolMs = 0 }) => all + toolMs, 0),
		tools: toolMetrics(kept),
		hosts: hostMetrics(view),
		sources: sourceCurve(view),
		perTurn: turnMetrics(firsts),
		repeats: repeated.length,
		withoutNew: kept.length - withNew.length,
		lastNew: withNew.at(-1)?.n ?? 0,
	};
}

/**
 * The figures of the calls `from`–`to` alone, with the rows that stand between them. Sources count where they were first
 * seen or opened; a repeat repeats a call of the whole run. Time goes from the first row to the one after the last.
 */
export function metricsOfRange(view: RunView, { from, to }: { from: number; to: number }): RunMetrics {
	const isIn = (n: number | undefined): n is number => n !== undefined && n >= from && n <= to;
	const { rows, next } = rowsOfCalls(view.rows, isIn);
	const turns = rows.filter(isTurnRow);
	const firsts = firstRows(turns);
	const sources = [...view.sources.values()].flatMap((source) => {
		const { openedCall, ...unopened } = source;
		if (isIn(openedCall)) return [source];
		return isIn(source.firstCall) ? [unopened] : [];
	});
	const curve = sourceCurve(view).slice(0, to + 1);
	const before = curve[from - 1];
	const repeated = [...callMarks(view.rows)].filter(([index, { duplicateOf, refetchOf }]) => {
		const row = view.rows[index];
		return (duplicateOf ?? refetchOf) !== undefined && row?.kind === "call" && isIn(row.n);
	});
	const part = metricsOf({
		...view,
		rows,
		sources: new Map(sources.map((source) => [source.url, source])),
		calls: turns.filter((row) => row.kind === "call" && row.n !== undefined).length,
		turns: firsts.filter((row) => row.purpose === "research" && row.replySeq !== undefined && !row.rolledBack).length,
		attempt: new Set(turns.map(({ attempt }) => attempt)).size,
		usage: firsts.reduce((all, { usage }): RunView["usage"] => (usage ? addUsage(all, usage) : all), NO_USAGE),
		startedAt: turns[0]?.startedAt ?? view.startedAt,
		endedAt: next?.startedAt ?? view.endedAt ?? view.lastAt,
	});
	return {
		...part,
		repeats: repeated.length,
		sources: curve.slice(from).map(({ n, seen, opened }) => ({
			n,
			seen: seen - (before?.seen ?? 0),
			opened: opened - (before?.opened ?? 0),
		})),
	};
}

const NO_USAGE: RunView["usage"] = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, reasoningTokens: 0 };

/** The rows of the calls, a row without a number going with the call before it, and the first turn behind them. */
function rowsOfCalls(all: readonly Row[], isIn: (n: number) => boolean): { rows: Row[]; next: TurnRow | undefined } {
	let n = 0;
	const rows: Row[] = [];
	let next: TurnRow | undefined;
	for (const row of all) {
		if (row.kind === "call" && row.n !== undefined) n = row.n;
		if (isIn(n)) rows.push(row);
		else if (rows.length > 0 && isTurnRow(row)) next ??= row;
	}
	return { rows, next };
}

/** One row a turn: the first carries what belongs to the reply. */
function firstRows(rows: readonly TurnRow[]): TurnRow[] {
	const seen = new Set<number>();
	return rows.filter(({ turn }) => !seen.has(turn) && seen.add(turn));
}

function counted<T extends string>(names: readonly T[]): [T, number][] {
	const counts = new Map<T, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return [...counts].sort(([, a], [, b]) => b - a);
}

function toolMetrics(kept: readonly CallRow[]): ToolMetrics[] {
	const tools = new Map<string, ToolMetrics>();
	for (const { call, status, toolMs = 0, sources } of kept) {
		const { name } = call;
		const tool = tools.get(name) ?? { name, calls: 0, errors: 0, ms: 0, newSources: 0 };
		tool.calls++;
		if (status === "error") tool.errors++;
		tool.ms += toolMs;
		tool.newSources += sources.filter(({ firstSeen }) => firstSeen).length;
		tools.set(name, tool);
	}
	return [...tools.values()].sort((a, b) => b.calls - a.calls);
}

/** The host of a web page; a library document goes by its collection. */
const hostOf = (url: string): string => /^(?:https?:\/\/(?:www\.)?|library:\/\/)([^/?#]*)/i.exec(url)?.[1] ?? url;

function hostMetrics({ sources }: RunView): HostMetrics[] {
	const hosts = new Map<string, HostMetrics>();
	for (const { url, openedCall } of sources.values()) {
		const host = hostOf(url);
		const known = hosts.get(host) ?? { host, seen: 0, opened: 0 };
		known.seen++;
		if (openedCall !== undefined) known.opened++;
		hosts.set(host, known);
	}
	return [...hosts.values()].sort((a, b) => b.opened - a.opened || b.seen - a.seen);
}

function sourceCurve(view: RunView): RunMetrics["sources"] {
	const seen = new Array<number>(view.calls + 1).fill(0);
	const opened = new Array<number>(view.calls + 1).fill(0);
	const enter = (counts: number[], n: number | undefined) => {
		if (n !== undefined && n <= view.calls) counts[n] = (counts[n] ?? 0) + 1;
	};
	for (const { firstCall, openedCall } of view.sources.values()) {
		enter(seen, firstCall);
		enter(opened, openedCall);
	}
	let [allSeen, allOpened] = [0, 0];
	return seen.map((fresh, n) => {
		allSeen += fresh;
		allOpened += opened[n] ?? 0;
		return { n, seen: allSeen, opened: allOpened };
	});
}

function turnMetrics(firsts: readonly TurnRow[]): TurnMetrics[] {
	let n = 0;
	return firsts.flatMap((row): TurnMetrics[] => {
		if (row.kind === "call" && row.n !== undefined) n = row.n;
		if (!row.usage) return [];
		const { inputTokens, cachedTokens, outputTokens } = row.usage;
		return [
			{
				n,
				promptTokens: inputTokens,
				cachedTokens,
				replyTokens: outputTokens,
				ttftMs: row.ttftMs,
				modelMs: row.modelMs ?? 0,
			},
		];
	});
}
