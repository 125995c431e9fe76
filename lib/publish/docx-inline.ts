import {
	ExternalHyperlink,
	FootnoteReferenceRun,
	InternalHyperlink,
	type IRunPropertiesOptions,
	type ParagraphChild,
	TextRun,
} from "docx";
import type { Nodes, Parent } from "mdast";

/** What running text needs to know of its document: footnotes get their numbers in order of first use. */
export type Notes = Map<string, number>;

export const MONO = "Courier New";

/** A text as XML can hold it: no control characters, no half of a surrogate pair. */
export const xmlText = (text: string): string =>
	text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, "\ufffd");

export const run = (text: string, look: IRunPropertiesOptions = {}): TextRun =>
	new TextRun({ ...look, text: xmlText(text).replace(/\s*\n\s*/g, " ") });

/** Running text with its emphasis, code, links, marks and footnotes. */
export function inline(parent: Parent, notes: Notes, look: IRunPropertiesOptions = {}): ParagraphChild[] {
	return parent.children.flatMap((node) => piece(node, notes, look));
}

function piece(node: Nodes, notes: Notes, look: IRunPropertiesOptions): ParagraphChild[] {
	switch (node.type) {
		case "text":
			return [run(node.value, look)];
		case "strong":
			return inline(node, notes, { ...look, bold: true });
		case "emphasis":
			return inline(node, notes, { ...look, italics: true });
		case "delete":
			return inline(node, notes, { ...look, strike: true });
		case "inlineCode":
			return [run(node.value, { ...look, font: MONO })];
		case "break":
			return [new TextRun({ break: 1 })];
		case "link":
			return [
				new ExternalHyperlink({ link: node.url, children: inline(node, notes, { ...look, style: "Hyperlink" }) }),
			];
		case "citation":
			return [mark(node.data.hProperties.n)];
		case "footnoteReference":
			return footnote(node.identifier, notes);
		default:
			return "children" in node ? inline(node, notes, look) : [];
	}
}

const mark = (n: number) =>
	new InternalHyperlink({ anchor: `reference-${n}`, children: [new TextRun({ text: `[${n}]`, superScript: true })] });

function footnote(identifier: string, notes: Notes): ParagraphChild[] {
	const number = notes.get(identifier);
	return number === undefined ? [] : [new FootnoteReferenceRun(number)];
}
