import { isTurnRow, type OpenRow, type Row, type RowFault } from "@/lib/trajectory/row";
import type { RunState } from "@/lib/trajectory/run-state";
import { type ToolKind, toolKindOf } from "@/lib/trajectory/tool-kind";
import type { LiveTurn } from "./live-turn";

/** What a run does right now. `retry`: a request failed and is tried again. */
export type Activity =
	| { kind: "calling"; tool: ToolKind; name: string }
	| { kind: "retry"; fault: RowFault }
	| { kind: "starting" | "asking" | "thinking" | "callWriting" | "textWriting" | "answering" | "summing" };

type Doing = { rows: readonly (Row | undefined)[]; live: LiveTurn | undefined };

/** The one thing to say of a running run, from its newest row and the text that is being written. */
export function activityOf({ rows, live }: Doing): Activity {
	const row = rows.findLast(isTurnRow);
	if (!row) return { kind: "starting" };
	if (row.kind === "open") return openActivity(row, live);
	if (row.kind === "call" && !row.rolledBack && (row.status === "running" || row.status === "queued")) {
		return { kind: "calling", tool: toolKindOf(row.call.name), name: row.call.name };
	}
	return { kind: "asking" };
}

function openActivity(row: OpenRow, live: LiveTurn | undefined): Activity {
	const written = live?.turn === row.turn ? live : undefined;
	const isSilent = !written || written.reasoning + written.text + written.call === "";
	const fault = row.faults.at(-1);
	if (isSilent && fault?.retryAt !== undefined) return { kind: "retry", fault };
	if (row.purpose === "answer") return { kind: "answering" };
	if (row.purpose === "failure_summary") return { kind: "summing" };
	if (isSilent) return { kind: "asking" };
	if (written.call !== "") return { kind: "callWriting" };
	return {
		kind: written.text.trim() !== "" && !written.text.trimStart().startsWith("<think>") ? "textWriting" : "thinking",
	};
}

/** States in which something is going on or will go on by itself. */
export const isUnderWay = (state: RunState): boolean => state !== "ended" && state !== "paused";
