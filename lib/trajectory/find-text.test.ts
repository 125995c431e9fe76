import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finderOf } from "./find-text";

const found = (query: string, text: string) => finderOf(query)?.(text).map(({ start, end }) => text.slice(start, end));

describe("finding a phrase in a text", () => {
	test("case, accents, punctuation and line ends between words do not matter", () => {
		expect(found("ocean DEPTH", "Ocean depth, ocean:\ndepth; oceanic depth")).toEqual(["Ocean depth", "ocean:\ndepth"]);
		expect(found("Émile", "emile, Émile and e\u0301mile")).toEqual(["emile", "Émile", "e\u0301mile"]);
	});

	test("words begin where they begin; the last may go on", () => {
		expect(found("sound", "sounding, resounding, sound")).toEqual(["sound", "sound"]);
		expect(found("sound ing", "sounding")).toEqual([]);
	});

	test("scripts without spaces are found anywhere", () => {
		expect(found("水深", "他们测量水深。水深很大")).toEqual(["水深", "水深"]);
	});

	test("signs are looked for as they stand", () => {
		expect(found("->", "a -> b")).toEqual(["->"]);
		expect(found("$(", "x$(y)")).toEqual(["$("]);
		expect(finderOf("   ")).toBeUndefined();
	});

	test("whatever was typed is a query, and a text has itself in it", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), (text) => {
				const places = finderOf(text)?.(text) ?? [];
				for (const { start, end } of places) expect(start).toBeLessThan(end);
				expect(text.trim() === "" || /\p{M}|[\u0130]/u.test(text.normalize("NFD")) || places.length > 0).toBe(true);
			}),
		);
	});
});
