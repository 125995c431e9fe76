import "server-only";
import { posix } from "node:path";
import { DOMParser } from "linkedom";
import { tableOf } from "./sheets";
import { REFUSED, unpack } from "./unpack";

const LIMITS = { files: 10_000, fileBytes: 10_000_000, allBytes: 60_000_000 };
const MAX_SLIDES = 2000;
/** The parser's time grows with the square of the depth; groups within groups stay under twenty. */
const MAX_DEPTH = 256;
const TAGS = /<(\/?)[a-z][^<>]*?(\/?)>/gi;
const MAIN = "ppt/presentation.xml";
const NEEDED = /^ppt\/(?:presentation\.xml|(?:slides|notesSlides)\/[^/]+\.xml|(?:slides\/)?_rels\/[^/]+\.rels)$/;
/** Placeholders that stand on every slide alike. */
const FRAME = ["sldNum", "dt", "ftr"];

type Parts = ReadonlyMap<string, Uint8Array>;
type Slide = { title: string; text: string };

/** The slides of a PowerPoint file in their order: title, texts and tables of each, and the speaker's notes. Throws what it finds wrong. */
export function slidesText(bytes: Uint8Array): { title: string; text: string } {
	const parts = unpack(bytes, LIMITS, (name) => NEEDED.test(name));
	const paths = slidesIn(parts);
	if (paths.length > MAX_SLIDES)
		throw new Error(`${REFUSED}There are ${paths.length} slides; at most ${MAX_SLIDES} are read.`);
	const slides = paths.map((path) => slideIn(parts, path));
	const told = slides.flatMap(({ title, text }, at) =>
		title || text ? [[`## Slide ${at + 1}${title && `: ${title}`}`, text].filter(Boolean).join("\n\n")] : [],
	);
	return { title: slides.find(({ title }) => title)?.title ?? "", text: told.join("\n\n") };
}

/** The paths of the slides in the order they are shown in. */
function slidesIn(parts: Parts): string[] {
	const targets = targetsOf(parts, MAIN);
	return [...within(rootOf(parts, MAIN), ["sldId"])].flatMap((entry) => {
		const path = targets.get(entry.getAttribute("r:id") ?? "")?.path;
		return path !== undefined && parts.has(path) ? [path] : [];
	});
}

function slideIn(parts: Parts, path: string): Slide {
	const blocks: string[] = [];
	let title = "";
	for (const element of within(rootOf(parts, path), ["sp", "tbl"])) {
		const place = placeholderOf(element);
		if (FRAME.includes(place)) continue;
		const text = nameOf(element) === "tbl" ? tableText(element) : shapeText(element);
		if (title === "" && /^(?:ctrT|t)itle$/.test(place)) title = text.replace(/\s+/g, " ");
		else if (text) blocks.push(text);
	}
	const notes = [...targetsOf(parts, path).values()].find(({ type }) => type.endsWith("/notesSlide"))?.path;
	const said = notes !== undefined && parts.has(notes) ? notesText(rootOf(parts, notes)) : "";
	return { title, text: [...blocks, ...(said ? [`Notes: ${said}`] : [])].join("\n\n") };
}

const notesText = (root: Element): string =>
	[...within(root, ["sp"])]
		.filter((shape) => placeholderOf(shape) === "body")
		.map((shape) => paragraphsOf(shape).join("\n"))
		.join("\n");

/** Several paragraphs of one shape are the points of a list. */
function shapeText(shape: Element): string {
	const paragraphs = [...within(shape, ["p"])].filter((paragraph) => paragraphText(paragraph) !== "");
	const [only] = paragraphs;
	if (paragraphs.length < 2) return only ? paragraphText(only) : "";
	return paragraphs.map((paragraph) => `${"  ".repeat(levelOf(paragraph))}- ${paragraphText(paragraph)}`).join("\n");
}

const tableText = (table: Element): string =>
	tableOf(
		[...within(table, ["tr"])].map((row) => [...within(row, ["tc"])].map((cell) => paragraphsOf(cell).join(" "))),
	);

const paragraphsOf = (element: Element): string[] => [...within(element, ["p"])].map(paragraphText).filter(Boolean);

const paragraphText = (paragraph: Element): string =>
	[...within(paragraph, ["t", "br"])]
		.map((run) => (nameOf(run) === "br" ? " " : run.textContent))
		.join("")
		.trim();

function levelOf(paragraph: Element): number {
	const [properties] = within(paragraph, ["pPr"]);
	return Math.min(8, Number.parseInt(properties?.getAttribute("lvl") ?? "", 10) || 0);
}

function placeholderOf(shape: Element): string {
	const [place] = within(shape, ["ph"]);
	return place?.getAttribute("type") ?? "";
}

/** Where the parts lie that a part names, by the name it has for each. Those outside the file are none. */
function targetsOf(parts: Parts, path: string): Map<string, { type: string; path: string }> {
	const { dir, base } = posix.parse(path);
	const relations = `${dir}/_rels/${base}.rels`;
	if (!parts.has(relations)) return new Map();
	const found = [...within(rootOf(parts, relations), ["Relationship"])].map((one) => {
		const [id, type, target] = ["Id", "Type", "Target"].map((name) => one.getAttribute(name) ?? "");
		return [id ?? "", { type: type ?? "", path: posix.resolve(`/${dir}`, target ?? "").slice(1) }] as const;
	});
	return new Map(found);
}

function rootOf(parts: Parts, path: string): Element {
	const text = new TextDecoder().decode(parts.get(path));
	if (depthOf(text) > MAX_DEPTH) throw new Error(`${path} is nested too deeply.`);
	const root = new DOMParser().parseFromString(text, "text/xml").documentElement as unknown as Element | null;
	if (!root) throw new Error(`${path} is no XML.`);
	return root;
}

function depthOf(xml: string): number {
	let [depth, deepest] = [0, 0];
	for (const [, closes, isEmpty] of xml.matchAll(TAGS)) {
		if (closes) depth--;
		else if (!isEmpty) deepest = Math.max(deepest, ++depth);
	}
	return deepest;
}

const nameOf = (element: Element): string => element.nodeName.replace(/^.*:/, "");

/** The outermost elements with one of these names, in order; what stands in for older programs says everything twice. */
function* within(root: Element, names: readonly string[]): Generator<Element> {
	for (const child of root.children) {
		const name = nameOf(child);
		if (names.includes(name)) yield child;
		else if (name !== "Fallback") yield* within(child, names);
	}
}
