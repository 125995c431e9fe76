import type { CallMarks } from "@/lib/trajectory/call-marks";
import type { RollbackReason } from "@/lib/trajectory/event";
import type { Remarks } from "@/lib/trajectory/notes";
import { ROLLBACK_REASONS } from "@/lib/trajectory/rollback";
import { type CallRow, noteTarget, type Row } from "@/lib/trajectory/row";
import { TOOL_KINDS, type ToolKind, toolKindOf } from "@/lib/trajectory/tool-kind";
import { hostLabel, isFailedCall, isRolledBack, rowMs } from "./row-facts";

/** A chip above the timeline: a tool by its name, all errors, all that was rolled back. */
export type Chip = { key: string; count: number } & (
	| { kind: "tool"; name: string; tool: ToolKind }
	| { kind: "errors" | "rolledBack" }
);

/** Calls by number, both ends included. */
export type CallRange = { from: number; to: number };

export const CALL_STATUSES = ["ok", "empty", "error"] as const;
export const ROW_MARKS = ["new", "duplicate", "refetch"] as const;
export const ROW_REMARKS = ["good", "bad", "noted"] as const;

/** What the timeline shows only. Every entry narrows; chips among themselves widen. Seconds and tokens are at least. */
export type RowFilter = {
	chips: readonly string[];
	status?: (typeof CALL_STATUSES)[number];
	domain?: string;
	cause?: RollbackReason;
	seconds?: number;
	tokens?: number;
	mark?: (typeof ROW_MARKS)[number];
	remark?: (typeof ROW_REMARKS)[number];
	range?: CallRange;
};

export const NO_FILTER: RowFilter = { chips: [] };

/** What a filter looks at beside the rows themselves. */
export type RowContext = { marks: ReadonlyMap<number, CallMarks>; remarks: Remarks };

export const ERRORS = "errors";
export const ROLLED_BACK = "rolled back";
export const toolKey = (name: string) => `tool ${name}`;

/** How many entries narrow the rows, chips and range apart. */
export const narrowings = ({ chips: _, range: __, ...rest }: RowFilter): number => Object.keys(rest).length;

export const isOpen = (filter: RowFilter): boolean =>
	filter.chips.length === 0 && filter.range === undefined && narrowings(filter) === 0;

/** The same filter for all calls of the run. */
export function withoutRange({ range: _, ...rest }: RowFilter): RowFilter {
	return rest;
}

/** The chips of a run with their counts, in the order of the tool kinds: the legend of the sounding line. */
export function chipsOf(rows: readonly Row[]): Chip[] {
	const tools = new Map<string, number>();
	let errors = 0;
	let rolledBack = 0;
	for (const row of rows) {
		if (isRolledBack(row)) rolledBack++;
		else if (row.kind === "call") {
			tools.set(row.call.name, (tools.get(row.call.name) ?? 0) + 1);
			if (row.status === "error") errors++;
		}
	}
	const chips: Chip[] = [...tools].map(([name, count]) => ({
		key: toolKey(name),
		count,
		kind: "tool",
		name,
		tool: toolKindOf(name),
	}));
	chips.sort((a, b) => rankOf(a) - rankOf(b) || b.count - a.count);
	if (errors > 0) chips.push({ key: ERRORS, count: errors, kind: "errors" });
	if (rolledBack > 0) chips.push({ key: ROLLED_BACK, count: rolledBack, kind: "rolledBack" });
	return chips;
}

const rankOf = (chip: Chip) => (chip.kind === "tool" ? TOOL_KINDS.indexOf(chip.tool) : TOOL_KINDS.length);

/** Domains a run's calls brought, most often first; causes of its rollbacks. What a filter can name. */
export function choicesOf(rows: readonly Row[]): { domains: string[]; causes: RollbackReason[] } {
	const domains = new Map<string, number>();
	const causes = new Set<RollbackReason>();
	for (const row of rows) {
		if ("rolledBack" in row && row.rolledBack) causes.add(row.rolledBack.reason);
		if (row.kind !== "call") continue;
		for (const domain of domainsOf(row)) domains.set(domain, (domains.get(domain) ?? 0) + 1);
	}
	return {
		domains: [...domains].sort(([, a], [, b]) => b - a).map(([domain]) => domain),
		causes: ROLLBACK_REASONS.filter((cause) => causes.has(cause)),
	};
}

const domainsOf = (row: CallRow): Set<string> => {
	const asked = typeof row.call.args.url === "string" ? [hostLabel(row.call.args.url)] : [];
	return new Set([...asked, ...row.sources.map(({ url }) => hostLabel(url))]);
};

/** Indices of the rows that stand under a filter; undefined when all do. */
export function filterRows(rows: readonly Row[], filter: RowFilter, context: RowContext): number[] | undefined {
	if (isOpen(filter)) return undefined;
	const tests = testsOf(filter, context);
	const shown: number[] = [];
	let call = 0;
	rows.forEach((row, index) => {
		if (row.kind === "call" && row.n !== undefined) call = row.n;
		if (isWithin(filter.range, call) && tests.every((test) => test(row, index))) shown.push(index);
	});
	return shown;
}

/** A row without a number stands at the call before it. */
const isWithin = (range: CallRange | undefined, call: number): boolean =>
	!range || (call >= range.from && call <= range.to);

type Test = (row: Row, index: number) => boolean;

function testsOf(filter: RowFilter, { marks, remarks }: RowContext): Test[] {
	const { status, domain, cause, seconds, tokens, mark, remark } = filter;
	const chips = new Set(filter.chips);
	const tests: Test[] = [];
	const kept = (test: (row: CallRow, index: number) => boolean) =>
		tests.push((row, index) => row.kind === "call" && !row.rolledBack && test(row, index));
	if (chips.size > 0) tests.push((row) => passesChips(row, chips));
	if (status) kept((row) => row.status === status);
	if (domain) kept((row) => domainsOf(row).has(domain));
	if (cause) tests.push((row) => "rolledBack" in row && row.rolledBack?.reason === cause);
	if (seconds !== undefined) tests.push((row) => (rowMs(row) ?? 0) >= seconds * 1000);
	if (tokens !== undefined) tests.push((row) => tokensOf(row) >= tokens);
	if (mark) kept((_, index) => hasMark(marks.get(index), mark));
	if (remark) tests.push((row) => hasRemark(remarks, noteTarget(row), remark));
	return tests;
}

function passesChips(row: Row, chips: ReadonlySet<string>): boolean {
	if (isRolledBack(row)) return chips.has(ROLLED_BACK);
	if (isFailedCall(row) && chips.has(ERRORS)) return true;
	return row.kind === "call" && chips.has(toolKey(row.call.name));
}

/** Tokens the reply of a row took, prompt and all. */
const tokensOf = (row: Row): number =>
	"usage" in row && row.usage ? row.usage.inputTokens + row.usage.outputTokens : 0;

function hasMark(marks: CallMarks | undefined, mark: NonNullable<RowFilter["mark"]>): boolean {
	if (mark === "new") return marks?.newSource ?? false;
	return (mark === "duplicate" ? marks?.duplicateOf : marks?.refetchOf) !== undefined;
}

function hasRemark({ notes, labels }: Remarks, target: number, remark: NonNullable<RowFilter["remark"]>): boolean {
	return remark === "noted" ? notes.has(target) : labels.get(target) === remark;
}
