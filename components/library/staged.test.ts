import { expect, test } from "vitest";
import { MAX_FILE_BYTES } from "@/lib/trajectory/library-files";
import { shelfAddress, shelfQueryOf } from "./shelf-query";
import { stage } from "./staged";

const chosen = (path: string, size = 10) => ({ path, file: { size } as File });
const paths = (files: readonly { path: string }[]) => files.map(({ path }) => path);

test("a folder gives the collection its name and is left out of the paths", () => {
	const { taken, suggested } = stage([chosen("./notes/a.md"), chosen("/notes/sub/b.PDF")]);
	expect(suggested).toBe("notes");
	expect(paths(taken)).toEqual(["a.md", "sub/b.PDF"]);
	expect(stage([chosen("a/x.md"), chosen("b/y.md")])).toMatchObject({ suggested: "", taken: { length: 2 } });
	expect(stage([chosen("./a.md")])).toMatchObject({ suggested: "", taken: [{ path: "a.md" }] });
});

test("what cannot be added stays out with its reason, before anything is sent", () => {
	const { taken, refused } = stage([
		chosen("a.md"),
		chosen("b.png"),
		chosen("noending"),
		chosen("c.md", 0),
		chosen("d.md", MAX_FILE_BYTES + 1),
		chosen("rows.jsonl", MAX_FILE_BYTES + 1),
		chosen("x/../../e.md"),
	]);
	expect(paths(taken)).toEqual(["a.md", "rows.jsonl"]);
	expect(Object.fromEntries(refused.map(({ why, files }) => [why, paths(files)]))).toEqual({
		kind: ["b.png", "noending"],
		empty: ["c.md"],
		tooLarge: ["d.md"],
		name: ["x/../../e.md"],
	});
});

test("hidden files and folders of tools are passed over", () => {
	const { taken, refused } = stage([
		chosen("p/.git/a.md"),
		chosen("p/node_modules/x/readme.md"),
		chosen("p/.DS_Store"),
		chosen("p/a.md"),
	]);
	expect(paths(taken)).toEqual(["a.md"]);
	expect(refused).toEqual([]);
});

test("an address holds the view of the library, and forgives what it does not understand", () => {
	const query = { search: "hemp & wire", collection: "a/b c", page: 3 };
	const { searchParams } = new URL(shelfAddress(query), "http://here");
	expect(shelfQueryOf(Object.fromEntries(searchParams))).toEqual(query);
	expect(shelfAddress({ search: "", collection: "", page: 1 })).toBe("/library");
	expect(shelfQueryOf({ q: ["a", "b"], page: "-4" })).toEqual({ search: "", collection: "", page: 1 });
	expect(shelfQueryOf({ page: "1e99" }).page).toBe(1_000_000);
});
