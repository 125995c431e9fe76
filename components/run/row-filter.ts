import type { Row } from "@/lib/trajectory/row";
import { TOOL_KINDS, type ToolKind, toolKindOf } from "@/lib/trajectory/tool-kind";
import { isFailedCall, isRolledBack } from "./row-facts";

/** A chip above the timeline: a tool by its name, all errors, all that was rolled back. */
export type Chip = { key: string; count: number } & (
	| { kind: "tool"; name: string; tool: ToolKind }
	| { kind: "errors" | "rolledBack" }
);

/** Keys of the chips that are on; none means everything. */
export type RowFilter = ReadonlySet<string>;

const ERRORS = "errors";
const ROLLED_BACK = "rolled back";
const toolKey = (name: string) => `tool ${name}`;

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

/** Indices of the rows that stand under a filter; undefined when all do. */
export function filterRows(rows: readonly Row[], filter: RowFilter): number[] | undefined {
	if (filter.size === 0) return undefined;
	const shown: number[] = [];
	rows.forEach((row, index) => {
		if (passes(row, filter)) shown.push(index);
	});
	return shown;
}

function passes(row: Row, filter: RowFilter): boolean {
	if (isRolledBack(row)) return filter.has(ROLLED_BACK);
	if (isFailedCall(row) && filter.has(ERRORS)) return true;
	return row.kind === "call" && filter.has(toolKey(row.call.name));
}
