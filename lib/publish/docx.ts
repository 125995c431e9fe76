import {
	Bookmark,
	Document,
	ExternalHyperlink,
	type FileChild,
	Footer,
	HeadingLevel,
	LineRuleType,
	Packer,
	PageNumber,
	Paragraph,
	TextRun,
} from "docx";
import type { FootnoteDefinition, Root } from "mdast";
import { safeAddress } from "../trajectory/outer-links";
import { type Blocks, blocksOf, numberingOf } from "./docx-blocks";
import { inline, MONO, run, xmlText } from "./docx-inline";
import { type Paper, type PaperReference, referencesOf } from "./paper";
import { reportTree } from "./report-tree";

/** A4 with margins of 25 mm, in twips. */
const PAGE = { size: { width: 11_906, height: 16_838 }, margin: { top: 1417, right: 1417, bottom: 1417, left: 1417 } };

/** The report as a Word document: marks lead to the numbered list of references, links go where the report links. */
export async function reportDocx(paper: Paper): Promise<Buffer<ArrayBuffer>> {
	const { snapshot, words } = paper;
	const numbers = new Set(snapshot.report?.citations.map(({ n }) => n));
	const tree = reportTree(snapshot.report?.markdown ?? "", numbers, words);
	const notes = tree.children.filter((node) => node.type === "footnoteDefinition");
	const made: Blocks = { notes: new Map(notes.map(({ identifier }, at) => [identifier, at + 1])), starts: [] };
	const down = tree.children.some((node) => node.type === "heading" && node.depth === 1) ? 1 : 0;
	const children = [
		...opening(paper),
		...blocksOf(tree, made, { look: {}, level: -1, down }),
		...references(referencesOf(paper), words.references),
	];
	const document = new Document({
		title: xmlText(snapshot.title),
		description: xmlText(snapshot.question),
		creator: "Soundings",
		styles: STYLES,
		numbering: numberingOf(made),
		footnotes: Object.fromEntries(notes.map((note, at) => [at + 1, { children: footnote(note, made) }])),
		sections: [{ properties: { page: PAGE }, footers: { default: pageNumbers() }, children }],
	});
	return Buffer.from(await Packer.toBuffer(document));
}

function opening({ snapshot: { title, question, report }, words }: Paper): FileChild[] {
	const asked = question.trim() === title.trim() ? [] : [new Paragraph({ style: "Meta", children: [run(question)] })];
	const short =
		report?.boxed === undefined
			? []
			: [new Paragraph({ children: [run(`${words.shortAnswer}: `), run(report.boxed, { bold: true })] })];
	return [
		new Paragraph({ heading: HeadingLevel.TITLE, children: [run(title)] }),
		...asked,
		new Paragraph({ style: "Meta", children: [run(words.made)] }),
		...short,
	];
}

function references(entries: PaperReference[], heading: string): FileChild[] {
	if (entries.length === 0) return [];
	const title = new Paragraph({ heading: HeadingLevel.HEADING_1, children: [run(heading)] });
	return [title, ...entries.map(reference)];
}

function reference({ n, title, url, date }: PaperReference): Paragraph {
	const link = safeAddress(url);
	const address = run(url, link ? { style: "Hyperlink" } : {});
	return new Paragraph({
		style: "Reference",
		children: [
			new Bookmark({ id: `reference-${n}`, children: [run(`[${n}]`)] }),
			new TextRun({ text: `\t${xmlText(title).replace(/\s+/g, " ")}${date ? `, ${xmlText(date)}` : ""} — ` }),
			link ? new ExternalHyperlink({ link, children: [address] }) : address,
		],
	});
}

const footnote = (note: FootnoteDefinition, made: Blocks): Paragraph[] =>
	note.children.flatMap((child) =>
		"children" in child ? [new Paragraph({ children: inline(child as unknown as Root, made.notes) })] : [],
	);

const pageNumbers = () =>
	new Footer({
		children: [
			new Paragraph({ style: "Meta", alignment: "right", children: [new TextRun({ children: [PageNumber.CURRENT] })] }),
		],
	});

/** The height of lines in 240ths of the font's. Without the rule, Writer takes the number for a height in twips. */
const lines = (line: number) => ({ line, lineRule: LineRuleType.AUTO });
const heading = (size: number, before: number) => ({
	run: { size, bold: true, color: "15181B" },
	paragraph: { spacing: { before, after: 100 }, keepNext: true },
});
const basedOn = { basedOn: "Normal", next: "Normal", quickFormat: true };
const STYLES = {
	default: {
		document: { run: { font: "Calibri", size: 22 }, paragraph: { spacing: { after: 140, ...lines(300) } } },
		title: { run: { size: 38, bold: true }, paragraph: { spacing: { after: 160, ...lines(264) } } },
		heading1: heading(30, 360),
		heading2: heading(25, 300),
		heading3: heading(22, 260),
		heading4: heading(22, 220),
		heading5: heading(22, 200),
	},
	paragraphStyles: [
		{ ...basedOn, id: "Meta", name: "Meta", run: { size: 19, color: "666C73" } },
		{
			...basedOn,
			id: "Cell",
			name: "Cell",
			run: { size: 20 },
			paragraph: { spacing: { before: 60, after: 60, ...lines(252) } },
		},
		{ ...basedOn, id: "Code", name: "Code", run: { font: MONO, size: 18 }, paragraph: { spacing: { ...lines(252) } } },
		{
			...basedOn,
			id: "Quote",
			name: "Quote",
			paragraph: {
				indent: { left: 360 },
				border: { left: { style: "single" as const, size: 12, color: "15181B", space: 10 } },
			},
		},
		{
			...basedOn,
			id: "Reference",
			name: "Reference",
			run: { size: 20 },
			paragraph: { indent: { left: 567, hanging: 567 }, spacing: { after: 90, ...lines(264) } },
		},
	],
};
