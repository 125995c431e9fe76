/** As much of a markdown tree as the marks need (mdast). */
type Node = {
	type: string;
	value?: string;
	children?: Node[];
	data?: { hName: string; hProperties: Record<string, unknown> };
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

function blocksOf(node: Node): Node[] {
	if (BLOCKS.has(node.type)) return [node];
	return (node.children ?? []).flatMap(blocksOf);
}

function markBlock(block: Node, numbers: ReadonlySet<number>): void {
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
