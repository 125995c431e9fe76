import { readFileSync } from "node:fs";
import { sourcePaths } from "./sources";

/** What may be tried, and how many places in the tests bear its id; `why` it has no test of its own: "" where it must. */
export type SafetyRow = { id: string; about: string; why: string; cases: number };

const TABLE = "docs/safety-rows.md";
const ROOMS = ["app", "components", "e2e", "lib"];
const ID = /\b(?:[A-Z]{2,4}-\d{2}|B\d{3})\b/g;

/** The rows of a table in Markdown whose first cell is an id, each once. */
export function rowsOf(table: string): Omit<SafetyRow, "cases">[] {
	return table.split("\n").flatMap((line) => {
		const [, id = "", about = "", why = ""] = line.split("|").map((cell) => cell.trim());
		return id.replace(ID, "") === "" && id !== "" ? [{ id, about, why }] : [];
	});
}

/** How often each id stands in the texts of a test file: names of tests and groups, rows of their tables; not in comments. */
export function casesIn(code: string): Map<string, number> {
	const cases = new Map<string, number>();
	const plain = code.replace(/^\s*(?:\/\/|\/?\*).*$/gm, "");
	for (const [text] of plain.matchAll(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g))
		for (const [id] of text.matchAll(ID)) cases.set(id, (cases.get(id) ?? 0) + 1);
	return cases;
}

/** Every row of the table with its cases in the tests of this folder, and the ids in tests that the table does not know. */
export function safety(folder = "."): { rows: SafetyRow[]; unknown: string[] } {
	const cases = new Map<string, number>();
	for (const path of sourcePaths(folder, ROOMS).filter((path) => /\.(?:test|spec)\.tsx?$/.test(path)))
		for (const [id, n] of casesIn(readFileSync(`${folder}/${path}`, "utf8"))) cases.set(id, (cases.get(id) ?? 0) + n);
	const rows = rowsOf(readFileSync(`${folder}/${TABLE}`, "utf8")).map((row) => ({
		...row,
		cases: cases.get(row.id) ?? 0,
	}));
	const kinds = new Set(rows.map(({ id }) => kindOf(id)));
	const known = new Set(rows.map(({ id }) => id));
	return { rows, unknown: [...cases.keys()].filter((id) => kinds.has(kindOf(id)) && !known.has(id)) };
}

export const kindOf = (id: string): string => id.replace(/-?\d+$/, "");
