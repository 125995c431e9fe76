import { expect, test } from "vitest";
import { paperOf } from "../../e2e/fixtures/paper";
import { markdownOf } from "./markdown";

test("Markdown holds title, short answer, report and references", () => {
	expect(markdownOf(paperOf({ boxed: "4,475 m" }))).toBe(
		`# How deep is it?

**Short answer:** 4,475 m

It is deep [1].

## References

[1] A deep \\<page\\> — https://example.org/deep?a=1&b=2
`,
	);
});

test("a title cannot write Markdown", () => {
	expect(markdownOf(paperOf({ title: "a\n# b ![x](y) <script>" }))).toContain("# a \\# b !\\[x\\](y) \\<script\\>\n");
});
