/** What stands on a `cite` element; without `n` the claim has no source. */
export type CiteProps = { n?: number; claim?: string; before?: string; children?: unknown };

/** As much of a markdown tree as the marks need (mdast). */
export type Node = {
	type: string;
	value?: string;
	children?: Node[];
	data?: { hName: string; hProperties: CiteProps };
};

type Claim = { claim: string; before: string };

const LONGEST = 800;
const MARK = /\[(\d{1,4})\]/g;
/** Blocks that hold running text: a claim never reaches beyond its own. */
const BLOCKS = new Set(["paragraph", "heading", "tableCell"]);
const SENTENCE_END = /[.!?。！？]["”’)\]]*\s+(?=\S)|[。！？](?=\S)/g;

/**
 * A remark plugin: marks `[n]` that `numbers` knows become `cite` elements with `n`, `claim` (the sentence that the mark
 * stands behind) and `before` (all that was said since the mark before it, which it may cover too). Code keeps its
 * brackets.
 */
export function citeMarks(numbers: ReadonlySet<number>) {
	return () =>
		(tree: Node): void => {
			for (const block of blocksOf(tree)) markBlock(block, numbers);
		};
}

/** The same; and what a paragraph states after its last mark, or without any, ends in a `cite` without `n`. */
export function statementMarks(numbers: ReadonlySet<number>) {
	return () =>
		(tree: Node): void => {
			const blocks = blocksOf(tree).map((block) => ({ block, ...markBlock(block, numbers) }));
			if (!blocks.some(({ isMarked }) => isMarked)) return;
			for (const { block, rest } of blocks) {
				if (block.type !== "paragraph" || isLabel(block) || !isStatement(rest)) continue;
				block.children?.push({ type: "citation", data: { hName: "cite", hProperties: { claim: rest } }, children: [] });
			}
		};
}

/** A line that is emphasised as a whole stands over what follows. */
const isLabel = ({ children = [] }: Node) =>
	children.length === 1 && /^(?:emphasis|strong)$/.test(children[0]?.type ?? "");

/** Fewer words than this are a label or a fragment. */
const FEWEST_WORDS = 5;

/** Whether a text claims something: no question, no lead-in to a list, no fragment. */
function isStatement(text: string): boolean {
	const said = text.trim();
	if (/[:：?？]["”’)\]]*$/.test(said)) return false;
	const words = new Intl.Segmenter(undefined, { granularity: "word" }).segment(said);
	let count = 0;
	for (const { isWordLike } of words) if (isWordLike && ++count === FEWEST_WORDS) return true;
	return false;
}

function blocksOf(node: Node): Node[] {
	if (BLOCKS.has(node.type)) return [node];
	return (node.children ?? []).flatMap(blocksOf);
}

/** Puts the citations of a block in their places; `rest` is what it says after the last of them. */
function markBlock(block: Node, numbers: ReadonlySet<number>): { isMarked: boolean; rest: string } {
	let before = "";
	let marked = 0;
	const place = (text: string): Claim => {
		const said = before + text;
		const claim = { claim: claimAt(said), before: said.slice(marked).trim().slice(-LONGEST) };
		marked = said.length;
		return claim;
	};
	const walk = (node: Node): void => {
		node.children = (node.children ?? []).flatMap((child) => {
			if (child.type !== "text") {
				if (child.children) walk(child);
				else before += child.value ?? "";
				return [child];
			}
			const made = split(child.value ?? "", numbers, place);
			before += (child.value ?? "").replace(MARK, "");
			return made;
		});
	};
	if (block.children) walk(block);
	const rest = before.slice(marked).trim();
	return { isMarked: marked > 0, rest };
}

function split(text: string, numbers: ReadonlySet<number>, claimOf: (before: string) => Claim): Node[] {
	const made: Node[] = [];
	let at = 0;
	for (const found of text.matchAll(MARK)) {
		const n = Number(found[1]);
		if (!numbers.has(n)) continue;
		if (found.index > at) made.push({ type: "text", value: text.slice(at, found.index) });
		const claim = claimOf(text.slice(0, found.index).replace(MARK, ""));
		made.push({ type: "citation", data: { hName: "cite", hProperties: { n, ...claim } }, children: [] });
		at = found.index + found[0].length;
	}
	if (at < text.length) made.push({ type: "text", value: text.slice(at) });
	return made;
}

/** The last sentence of the text before a mark; the one before when the mark follows the full stop at once. */
function claimAt(before: string): string {
	const text = before.trimEnd();
	let start = 0;
	for (const end of text.matchAll(SENTENCE_END)) start = end.index + end[0].length;
	return text.slice(start).trim();
}
