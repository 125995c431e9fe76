"use client";
import { useReducer, useState } from "react";
import { leaveToUndo } from "@/components/shell/undo-store";
import type { RunSummary } from "@/lib/trajectory/packet";
import { RenameDialog } from "./rename-dialog";
import type { RunsDeeds, RunsDoors, RunsEdit } from "./runs-actions";
import type { TagCount } from "./runs-page";
import { RunsTable } from "./runs-table";
import { chosenOf, noSelection, type Selection, type SelectionMove, select } from "./selection";
import { SelectionBar } from "./selection-bar";
import { TagDialog } from "./tag-dialog";
import { useDeed } from "./use-deed";
import { useSelectionKeys } from "./use-selection-keys";

type Props = { runs: RunSummary[]; tags: readonly TagCount[]; doors: RunsDoors; onChanged(): void };

/** The table with its selection, and the dialogs of what is done to the selected. */
export function RunsRoom({ runs, tags, doors, onChanged }: Props) {
	const ids = runs.map(({ id }) => id);
	const [selection, move] = useReducer(
		(now: Selection, made: { move: SelectionMove; ids: readonly string[] }) => select(now, made.move, made.ids),
		noSelection,
	);
	const make = (made: SelectionMove) => move({ move: made, ids });
	const chosen = chosenOf(selection, runs);
	const [tagging, setTagging] = useState<readonly RunSummary[]>([]);
	const [renaming, setRenaming] = useState<RunSummary>();
	const { act, setback, isBusy } = useDeed();
	const edit = (of: readonly RunSummary[], wanted: RunsEdit, done?: () => void) =>
		act(
			() =>
				doors.edit(
					of.map(({ id }) => id),
					wanted,
				),
			() => {
				done?.();
				onChanged();
			},
		);
	const deeds: RunsDeeds = {
		archive: (of, archived) => edit(of, { kind: "archive", archived }, () => make({ kind: "clear" })),
		remove: (of) => {
			const removed = of.map(({ id }) => id);
			act(
				() => doors.remove(removed),
				() => {
					leaveToUndo("runs", removed);
					make({ kind: "clear" });
					onChanged();
				},
			);
		},
		tag: setTagging,
		rename: setRenaming,
	};
	useSelectionKeys({ move: make, cursor: selection.cursor, chosen });
	return (
		<>
			<SelectionBar chosen={chosen} deeds={deeds} isBusy={isBusy} problem={setback?.message} onMove={make} />
			<RunsTable runs={runs} selection={selection} onMove={make} deeds={deeds} />
			<TagDialog
				key={tagging.map(({ id }) => id).join()}
				runs={tagging}
				open={tagging.length > 0}
				inUse={tags}
				problem={setback?.message}
				onClose={() => setTagging([])}
				onTag={(tag, isOn) => edit(tagging, { kind: "tag", tag, isOn }, () => setTagging([]))}
			/>
			<RenameDialog
				open={renaming !== undefined}
				title={renaming?.title ?? ""}
				onClose={() => setRenaming(undefined)}
				onRename={(title) => renaming && edit([renaming], { kind: "rename", title }, () => setRenaming(undefined))}
			/>
		</>
	);
}
