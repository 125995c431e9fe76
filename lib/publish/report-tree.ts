import type { Definition, Image, Link, Node, Nodes, Parent, PhrasingContent, Root, RootContent, Text } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { citeMarks } from "../trajectory/cite-marks";
import { honestLinks, safeAddress } from "../trajectory/outer-links";
import type { PaperWords } from "./paper";

/** A mark `[n]` of the reference list, in place of its text. */
export type CitationNode = Node & { type: "citation"; data: { hProperties: { n: number } } };
declare module "mdast" {
	interface RootContentMap {
		citation: CitationNode;
	}
	interface PhrasingContentMap {
		citation: CitationNode;
	}
}

/** Nested deeper, a block is shown as its text alone: nobody reads it, and writers of documents recurse. */
const DEEPEST = 30;

type Words = Pick<PaperWords, "image" | "unlinked">;
type Pass = { definitions: Map<string, Definition>; image: string };
type Place = { depth: number; inLink: boolean };

/**
 * The report as a markdown tree that may leave the product: marks as citations, links by reference resolved, no raw
 * HTML, no image (its description, linked, stands for it; `image` goes before), no address but web and mail, each with
 * the host it leads to.
 */
export function reportTree(markdown: string, numbers: ReadonlySet<number>, { image, unlinked }: Words): Root {
	const tree = unified().use(remarkParse).use(remarkGfm).parse(markdown);
	const definitions = new Map<string, Definition>();
	for (const node of tree.children) if (node.type === "definition") definitions.set(node.identifier, node);
	tree.children = safeChildren(tree, { definitions, image }, { depth: 0, inLink: false }) as RootContent[];
	citeMarks(numbers)()(tree as Parameters<ReturnType<ReturnType<typeof citeMarks>>>[0]);
	honestLinks(unlinked)()(tree as Parameters<ReturnType<ReturnType<typeof honestLinks>>>[0]);
	return tree;
}

function safeChildren(parent: Parent, pass: Pass, place: Place): Nodes[] {
	return parent.children.flatMap((child) => safe(child, pass, { ...place, depth: place.depth + 1 }));
}

function safe(node: Nodes, pass: Pass, place: Place): Nodes[] {
	switch (node.type) {
		case "html":
		case "definition":
			return [];
		case "image":
			return imagePlace(node, pass, place);
		case "imageReference":
			return imagePlace({ alt: node.alt, url: pass.definitions.get(node.identifier)?.url ?? "" }, pass, place);
		case "link":
			return link(node.url, node, pass, place);
		case "linkReference":
			return link(pass.definitions.get(node.identifier)?.url ?? "", node, pass, place);
		default:
			return [isDeep(node, place) ? flat(node) : inside(node, pass, place)];
	}
}

function inside(node: Nodes, pass: Pass, place: Place): Nodes {
	return "children" in node ? ({ ...node, children: safeChildren(node, pass, place) } as Nodes) : node;
}

function link(url: string, node: Parent, pass: Pass, place: Place): Nodes[] {
	const children = safeChildren(node, pass, { ...place, inLink: true });
	const address = safeAddress(url);
	if (!address || place.inLink) return children;
	return [{ type: "link", url: address, children: children as PhrasingContent[] } satisfies Link];
}

function imagePlace({ alt, url }: Pick<Image, "alt" | "url">, { image }: Pass, { inLink }: Place): Nodes[] {
	const address = safeAddress(url);
	const said: Text = { type: "text", value: `${image} ${alt || address || ""}`.trim() };
	return address && !inLink ? [{ type: "link", url: address, children: [said] }] : [said];
}

const BLOCK = new Set(["blockquote", "list"]);
const isDeep = (node: Nodes, { depth }: Place): boolean =>
	depth >= DEEPEST && (BLOCK.has(node.type) || depth > DEEPEST * 3);

/** The text of a node, however deep; without recursion. */
function flat(node: Nodes): Nodes {
	const texts: string[] = [];
	const waiting: Nodes[] = [node];
	for (let next = waiting.pop(); next; next = waiting.pop()) {
		if ("value" in next && next.type !== "html") texts.push(next.value);
		if ("children" in next) waiting.push(...[...next.children].reverse());
	}
	const text: Text = { type: "text", value: texts.join(" ") };
	return BLOCK.has(node.type) ? { type: "paragraph", children: [text] } : text;
}
