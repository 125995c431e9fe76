import { argumentLine } from "@/components/run/row-facts";
import type { Both } from "@/lib/trajectory/align";
import type { Comparison, Costs, Incomparable, Knowledge, SharedSource, Waste } from "@/lib/trajectory/compare";
import type { Divergence } from "@/lib/trajectory/divergence";
import type { Relation } from "@/lib/trajectory/likeness";
import { reportOf } from "@/lib/trajectory/report";
import type { CallRow } from "@/lib/trajectory/row";
import type { SettingRow } from "@/lib/trajectory/setting-rows";
import { type ToolKind, toolKindOf } from "@/lib/trajectory/tool-kind";
import type { RunView } from "@/lib/trajectory/view";
import { type AnswerDiff, diffAnswers } from "./answer-diff";

/** A call as a row of the comparison shows it. */
export type CallBrief = { n: number; kind: ToolKind; label: string; isError: boolean; waste?: Waste };
/** A row: places of the calls (−1: none), and how they are related. */
export type RowBrief = [a: number, b: number, relation?: Relation, likeness?: number];
/** Sources of one group: the first of them, and how many there are, of which `cited`. */
export type SourceGroup = { shown: SharedSource[]; count: number; cited: number };

/** What the page is sent: no bodies, labels cut, the longest lists cut. */
export type ComparisonBrief = {
	calls: Both<CallBrief[]>;
	rows: RowBrief[];
	cut?: Both<number>;
	divergence: Divergence;
	evidence: { both: SourceGroup; onlyA: SourceGroup; onlyB: SourceGroup };
	costs: Both<Costs>;
	settings: SettingRow[];
	incomparable: Incomparable[];
	/** Absent where neither run has answered. */
	answers?: AnswerDiff & { has: Both<boolean> };
};

const LABEL_CHARS = 140;
const MOST_SOURCES = 60;

/** Cuts a comparison down to what its page shows. */
export function briefOf(found: Comparison, views: Both<RunView>): ComparisonBrief {
	const { rows, cut, divergence, costs, settings, incomparable, evidence, calls, wasted } = found;
	const answers = answersOf(views);
	return {
		calls: { a: calls.a.map(callBrief(wasted.a)), b: calls.b.map(callBrief(wasted.b)) },
		rows: rows.map((row): RowBrief => {
			if (row.a === undefined) return [-1, row.b];
			return row.b === undefined ? [row.a, -1] : [row.a, row.b, row.relation, Math.round(row.likeness * 100) / 100];
		}),
		...(cut && { cut }),
		divergence,
		evidence: {
			both: groupOf(evidence.filter(({ a, b }) => a && b)),
			onlyA: groupOf(evidence.filter(({ b }) => !b)),
			onlyB: groupOf(evidence.filter(({ a }) => !a)),
		},
		costs,
		settings,
		incomparable,
		...(answers && { answers }),
	};
}

const callBrief =
	(wasted: ReadonlyMap<number, Waste>) =>
	(row: CallRow, at: number): CallBrief => {
		const waste = wasted.get(at);
		return {
			n: row.n ?? 0,
			kind: toolKindOf(row.call.name),
			label: argumentLine(row.call).slice(0, LABEL_CHARS) || row.call.name,
			isError: row.status === "error",
			...(waste && { waste }),
		};
	};

const isCited = (knowledge: Knowledge | undefined) => knowledge?.cited ?? false;

function groupOf(sources: readonly SharedSource[]): SourceGroup {
	const cited = sources.filter(({ a, b }) => isCited(a) || isCited(b)).length;
	return { shown: sources.slice(0, MOST_SOURCES), count: sources.length, cited };
}

function answersOf({ a, b }: Both<RunView>): ComparisonBrief["answers"] {
	const texts = { a: answerText(a), b: answerText(b) };
	if (texts.a === undefined && texts.b === undefined) return undefined;
	const has = { a: texts.a !== undefined, b: texts.b !== undefined };
	return { ...diffAnswers(texts.a ?? "", texts.b ?? ""), has };
}

const answerText = (view: RunView): string | undefined => view.answer?.boxed ?? reportOf(view)?.markdown;
