/** Rows of a list that are chosen; `cursor` is where the keyboard stands, `anchor` where a range begins. */
export type Selection = { chosen: ReadonlySet<string>; cursor?: string; anchor?: string };

export type SelectionMove =
	/** A press on a row's box; with Shift everything from the anchor to it. */
	| { kind: "toggle"; id: string; isRange: boolean }
	/** The cursor goes down or up; extending, what it comes to is chosen. */
	| { kind: "step"; by: 1 | -1; isExtending: boolean }
	/** The row at the cursor is chosen, or no more. */
	| { kind: "press" }
	| { kind: "all" }
	| { kind: "clear" };

export const noSelection: Selection = { chosen: new Set() };

/** What is chosen after a move in a list that shows `ids` in this order. */
export function select(selection: Selection, move: SelectionMove, ids: readonly string[]): Selection {
	switch (move.kind) {
		case "toggle":
			return move.isRange ? range(selection, move.id, ids) : toggle(selection, move.id);
		case "step":
			return step(selection, move, ids);
		case "press":
			return selection.cursor === undefined ? selection : toggle(selection, selection.cursor);
		case "all":
			return { ...selection, chosen: new Set([...selection.chosen, ...ids]) };
		case "clear":
			return { ...selection, chosen: new Set() };
		default:
			return move satisfies never;
	}
}

function toggle({ chosen }: Selection, id: string): Selection {
	const next = new Set(chosen);
	if (!next.delete(id)) next.add(id);
	return { chosen: next, cursor: id, anchor: id };
}

function range(selection: Selection, id: string, ids: readonly string[]): Selection {
	const from = ids.indexOf(selection.anchor ?? id);
	const to = ids.indexOf(id);
	if (from < 0 || to < 0) return toggle(selection, id);
	const between = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
	return { chosen: new Set([...selection.chosen, ...between]), cursor: id, anchor: ids[from] ?? id };
}

function step(selection: Selection, move: { by: 1 | -1; isExtending: boolean }, ids: readonly string[]): Selection {
	const here = selection.cursor === undefined ? -1 : ids.indexOf(selection.cursor);
	const first = move.by > 0 ? 0 : ids.length - 1;
	const at = here < 0 ? first : Math.max(0, Math.min(ids.length - 1, here + move.by));
	const cursor = ids[at];
	if (cursor === undefined) return selection;
	if (!move.isExtending) return { chosen: selection.chosen, cursor, anchor: cursor };
	const left = here < 0 ? [] : [ids[here] ?? cursor];
	return { ...selection, chosen: new Set([...selection.chosen, ...left, cursor]), cursor };
}

/** What is still chosen when the list shows other rows. */
export const chosenOf = <T extends { id: string }>({ chosen }: Selection, rows: readonly T[]): T[] =>
	rows.filter(({ id }) => chosen.has(id));
