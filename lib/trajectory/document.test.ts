import fc from "fast-check";
import { expect, test } from "vitest";
import { dispositionOf, documentName, isDocumentFormat } from "./document";

test("a title becomes a name that every system takes", () => {
	expect(documentName('What is a/b: "c" <d>?', "pdf")).toBe("What is a b c d.pdf");
	expect(documentName("  ..\\..\\etc\u202e\u0000 ", "md")).toBe("etc.md");
	expect(documentName("???", "docx")).toBe("report.docx");
	expect(documentName("con", "html")).toBe("report con.html");
	expect(documentName("深さは？", "pdf")).toBe("深さは？.pdf");
	expect([...documentName("🜂".repeat(200), "md")]).toHaveLength(83);
});

test("whatever the title, the header is one line of ASCII that ends the name where it began", () => {
	fc.assert(
		fc.property(fc.string({ unit: "binary" }), (title) => {
			const header = dispositionOf(documentName(title, "pdf"));
			expect(header).toMatch(
				/^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+\.pdf"; filename\*=UTF-8''[\w%.~-]+\.pdf$/,
			);
			const encoded = header.split("UTF-8''")[1] ?? "";
			expect(decodeURIComponent(encoded)).toBe(documentName(title, "pdf"));
		}),
	);
});

test("only the four formats are formats", () => {
	expect(["md", "pdf", "docx", "html"].every(isDocumentFormat)).toBe(true);
	expect(["", "exe", "constructor", "__proto__"].some(isDocumentFormat)).toBe(false);
});
