import {
	BorderStyle,
	type FileChild,
	HeadingLevel,
	type IParagraphOptions,
	LevelFormat,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun,
	WidthType,
} from "docx";
import type { List, ListItem, Nodes, Parent, Table as TableNode } from "mdast";
import { inline, MONO, type Notes, run, xmlText } from "./docx-inline";

/** What blocks leave behind while they are written: where each numbered list begins, by its number. */
export type Blocks = { notes: Notes; starts: number[] };
/** Where a block stands: the look of its paragraphs, how deep in lists, how far headings sink. */
type Place = { look: Partial<IParagraphOptions>; level: number; down: number };

const HEADINGS = [
	HeadingLevel.HEADING_1,
	HeadingLevel.HEADING_2,
	HeadingLevel.HEADING_3,
	HeadingLevel.HEADING_4,
	HeadingLevel.HEADING_5,
] as const;
/** Word knows nine levels of a list. */
const DEEPEST_LIST = 8;
const INDENT = 360;

/** The blocks of a Markdown tree as paragraphs and tables. */
export function blocksOf(parent: Parent, made: Blocks, place: Place = { look: {}, level: -1, down: 0 }): FileChild[] {
	return parent.children.flatMap((node) => block(node, made, place));
}

function block(node: Nodes, made: Blocks, place: Place): FileChild[] {
	const { look, down } = place;
	switch (node.type) {
		case "heading": {
			const heading = HEADINGS[Math.min(node.depth - 2 + down, 4)] ?? HeadingLevel.HEADING_1;
			return [new Paragraph({ ...look, heading, children: inline(node, made.notes) })];
		}
		case "code":
			return [code(node.value, look)];
		case "blockquote":
			return blocksOf(node, made, { ...place, look: { ...look, style: "Quote" } });
		case "list":
			return list(node, made, place);
		case "table":
			return [table(node, made), new Paragraph({ children: [] })];
		case "thematicBreak":
			return [new Paragraph({ ...look, thematicBreak: true })];
		case "footnoteDefinition":
			return [];
		default:
			return "children" in node ? [new Paragraph({ ...look, children: inline(node, made.notes) })] : [];
	}
}

function code(text: string, look: Partial<IParagraphOptions>): Paragraph {
	const lines = xmlText(text).split("\n");
	const children = lines.map((line, at) => new TextRun({ text: line, font: MONO, ...(at > 0 && { break: 1 }) }));
	return new Paragraph({ ...look, style: "Code", children });
}

function list(node: List, made: Blocks, place: Place): FileChild[] {
	const level = Math.min(place.level + 1, DEEPEST_LIST);
	const reference = node.ordered ? `list-${made.starts.push(Math.max(node.start ?? 1, 0)) - 1}` : undefined;
	const marked = reference ? { numbering: { reference, level } } : { bullet: { level } };
	return node.children.flatMap((item) => listItem(item, made, { ...place, level }, marked));
}

/** The first paragraph of an item carries its number or point; the others stand below it, indented. */
function listItem(item: ListItem, made: Blocks, place: Place, marked: Partial<IParagraphOptions>): FileChild[] {
	const [first, ...rest] = item.children;
	const below = { ...place, look: { indent: { left: INDENT * (place.level + 1) } } };
	const box = typeof item.checked === "boolean" ? [run(item.checked ? "☑ " : "☐ ")] : [];
	const said = first?.type === "paragraph" ? inline(first, made.notes) : [];
	const head = new Paragraph({ ...marked, spacing: { after: 60 }, children: [...box, ...said] });
	const others = first?.type === "paragraph" ? rest : item.children;
	return [head, ...blocksOf({ type: "listItem", children: others }, made, below)];
}

const RULE = { style: BorderStyle.SINGLE, size: 4, color: "CDCCC4" };
const NONE = { style: BorderStyle.NONE, size: 0, color: "auto" };

function table(node: TableNode, made: Blocks): Table {
	const columns = Math.max(1, ...node.children.map(({ children }) => children.length));
	const rows = node.children.map((row, at) => {
		const cells = Array.from({ length: columns }, (_, column) => {
			const cell = row.children[column];
			const children = cell ? inline(cell, made.notes, at === 0 ? { bold: true } : {}) : [];
			return new TableCell({
				children: [new Paragraph({ style: "Cell", alignment: node.align?.[column] ?? "left", children })],
			});
		});
		return new TableRow({ children: cells, tableHeader: at === 0, cantSplit: true });
	});
	const borders = { top: RULE, bottom: RULE, insideHorizontal: RULE, left: NONE, right: NONE, insideVertical: NONE };
	return new Table({ rows, borders, width: { size: 100, type: WidthType.PERCENTAGE } });
}

/** The numbering of the lists that were written: one definition each, so that every list begins where it says. */
export function numberingOf({ starts }: Blocks) {
	const levels = (start: number) =>
		Array.from({ length: DEEPEST_LIST + 1 }, (_, level) => ({
			level,
			start,
			format: LevelFormat.DECIMAL,
			text: `%${level + 1}.`,
			style: { paragraph: { indent: { left: INDENT * (level + 1), hanging: INDENT } } },
		}));
	return { config: starts.map((start, at) => ({ reference: `list-${at}`, levels: levels(start) })) };
}
