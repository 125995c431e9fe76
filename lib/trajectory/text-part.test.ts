import fc from "fast-check";
import { expect, test } from "vitest";
import { textPart } from "./text-part";

const texts = fc.string({ unit: fc.constantFrom("a", "测", "😀", "é", "\n"), maxLength: 60 });

test("the parts of a text, joined, are the text; none is longer than it may be or parts a character", () => {
	fc.assert(
		fc.property(texts, fc.integer({ min: 2, max: 20 }), (text, most) => {
			const parts: string[] = [];
			for (let from: number | undefined = 0; from !== undefined; ) {
				const part: ReturnType<typeof textPart> = textPart(text, from, most);
				expect(part.chars).toBe(text.length);
				expect(part.text.length).toBeLessThanOrEqual(most);
				expect(part.text.isWellFormed()).toBe(true);
				parts.push(part.text);
				from = part.next;
			}
			expect(parts.join("")).toBe(text);
		}),
	);
});

test("a part from anywhere is whole; past the end there is nothing", () => {
	fc.assert(
		fc.property(texts, fc.nat(200), (text, from) => {
			const part = textPart(text, from, 7);
			expect(part.text.isWellFormed()).toBe(true);
			if (from >= text.length) expect(part).toEqual({ text: "", chars: text.length });
		}),
	);
});

test("broken halves are handed out as they are", () => {
	const broken = "\ud83d\ud83d\ude00\ude00";
	expect(textPart(broken, 0, 2)).toEqual({ text: "\ud83d", chars: 4, next: 1 });
	expect(textPart(broken, 1, 2)).toEqual({ text: "😀", chars: 4, next: 3 });
});

test("a text of a hundred thousand characters is one part", () => {
	expect(textPart("x".repeat(100_000), 0).next).toBeUndefined();
	expect(textPart("x".repeat(100_001), 0)).toMatchObject({ chars: 100_001, next: 100_000 });
});
