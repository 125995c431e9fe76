import type TurndownService from "turndown";

type Shape = { isLayout: boolean; columns: number };

const MAX_SPAN = 20;
const BLOCKS = ["ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"];
const CELL = "td, th";

/**
 * Markdown for tables, one line a row, so that a link keeps its row as context. A table that holds one cell or
 * another table lays out its page and is taken apart instead. In place of the known plug-ins, whose walk over live
 * child lists takes quadratic time here, and which leave a table with a list inside as HTML.
 */
export function tables(turndown: TurndownService): void {
	const shapes = new WeakMap<Element, Shape>();
	const shapeOf = (node: Element): Shape => {
		const table = node.closest("table");
		const shape = (table && shapes.get(table)) ?? measured(table);
		if (table) shapes.set(table, shape);
		return shape;
	};
	turndown.addRule("cell", {
		filter: ["td", "th"],
		replacement: (content, node) =>
			shapeOf(node as Element).isLayout ? `\n\n${content}\n\n` : ` ${oneLine(content)} |${emptyAfter(node as Element)}`,
	});
	turndown.addRule("row", {
		filter: "tr",
		replacement: (content, node) => (shapeOf(node as Element).isLayout ? content : `|${content}\n`),
	});
	turndown.addRule("section", { filter: ["thead", "tbody", "tfoot"], replacement: (content) => content });
	turndown.addRule("caption", { filter: "caption", replacement: (content) => `${content.trim()}\n\n` });
	turndown.addRule("columns", { filter: ["colgroup", "col"], replacement: () => "" });
	turndown.addRule("table", {
		filter: "table",
		replacement: (content, node) => {
			const { isLayout, columns } = shapeOf(node as Element);
			return isLayout ? content : `\n\n${headed(content, node as Element, columns)}\n\n`;
		},
	});
}

/** What stands in blocks inside a cell is put after one another: markdown's cells hold one line. */
export function flattenCells(document: Document): void {
	const inCells = (tags: string[]) => tags.flatMap((tag) => [`td ${tag}`, `th ${tag}`]).join(", ");
	for (const item of document.querySelectorAll(inCells(["li"]))) item.replaceWith(...item.childNodes, "; ");
	for (const block of document.querySelectorAll(inCells(BLOCKS))) block.replaceWith(...block.childNodes, " ");
	for (const rule of document.querySelectorAll(inCells(["hr"]))) rule.remove();
}

function measured(table: Element | null): Shape {
	const rows = [...(table?.querySelectorAll("tr") ?? [])];
	const columns = rows.reduce((most, row) => Math.max(most, widthOf(row)), 0);
	return { isLayout: !table || table.querySelector("table") !== null || rows.length * columns <= 1, columns };
}

const widthOf = (row: Element): number =>
	[...row.children].reduce((sum, cell) => sum + (cell.matches(CELL) ? spanOf(cell) : 0), 0);

const spanOf = (cell: Element): number =>
	Math.max(1, Math.min(MAX_SPAN, Math.trunc(Number(cell.getAttribute("colspan"))) || 1));

const emptyAfter = (cell: Element): string => "  |".repeat(spanOf(cell) - 1);

const oneLine = (content: string): string =>
	content
		.trim()
		.replace(/\s+/g, " ")
		.replace(/(?<!\\)\|/g, "\\|");

/** A markdown table begins with a head; one whose first row holds data gets an empty head. */
function headed(content: string, table: Element, columns: number): string {
	const [caption, rows] = content.startsWith("|") ? ["", content] : splitAt(content, content.indexOf("\n|") + 1);
	const first = table.querySelector("tr");
	const hasHead = first !== null && [...first.children].every((cell) => cell.nodeName === "TH");
	const [head, body] = hasHead ? splitAt(rows, rows.indexOf("\n") + 1) : [`|${"  |".repeat(columns)}\n`, rows];
	return `${caption}${head}|${" --- |".repeat(columns)}\n${body}`.trim();
}

const splitAt = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at)];
