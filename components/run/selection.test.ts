import { expect, test } from "vitest";
import { chosenOf, noSelection, type Selection, type SelectionMove, select } from "./selection";

const ids = ["a", "b", "c", "d", "e"];
const after = (...moves: SelectionMove[]): Selection =>
	moves.reduce((selection, move) => select(selection, move, ids), noSelection);
const chosen = (selection: Selection) => [...selection.chosen].sort().join("");
const toggle = (id: string, isRange = false) => ({ kind: "toggle", id, isRange }) as const;
const step = (by: 1 | -1, isExtending = false) => ({ kind: "step", by, isExtending }) as const;

test("a box chooses and lets go; with Shift everything between the last box and this one, either way", () => {
	expect(chosen(after(toggle("b"), toggle("d"), toggle("b")))).toBe("d");
	expect(chosen(after(toggle("b"), toggle("d", true)))).toBe("bcd");
	expect(chosen(after(toggle("d"), toggle("b", true), toggle("e", true)))).toBe("bcde");
	expect(chosen(after(toggle("c", true)))).toBe("c");
});

test("the cursor walks the list and stops at its ends; x chooses, Shift chooses along the way", () => {
	expect(after(step(1)).cursor).toBe("a");
	expect(after(step(-1)).cursor).toBe("e");
	expect(after(step(1), step(-1), step(-1)).cursor).toBe("a");
	expect(chosen(after({ kind: "press" }))).toBe("");
	expect(chosen(after(step(1), { kind: "press" }, step(1), step(1), { kind: "press" }))).toBe("ac");
	expect(chosen(after(step(1), step(1, true), step(1, true)))).toBe("abc");
});

test("all means all that are shown, and what is not shown any more is not acted upon", () => {
	expect(chosen(after({ kind: "all" }))).toBe("abcde");
	expect(chosen(after({ kind: "all" }, { kind: "clear" }))).toBe("");
	expect(chosenOf(after({ kind: "all" }), [{ id: "c" }, { id: "z" }])).toEqual([{ id: "c" }]);
});
