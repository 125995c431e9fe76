import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { type CiteProps, type Node, statementMarks } from "@/lib/trajectory/cite-marks";

/** What a report states: `claims` are the claim and what else its citation may cover; without `n` it has no source. */
export type Stated = { n?: number; claims: string[] };

/** Everything that `statementMarks` puts a `cite` behind, in order. */
export function statementsOf(markdown: string, numbers: ReadonlySet<number>): Stated[] {
	const tree = unified().use(remarkParse).use(remarkGfm).parse(markdown) as Node;
	statementMarks(numbers)()(tree);
	const statements = ({ data, children = [] }: Node): Stated[] =>
		data?.hName === "cite" ? [stated(data.hProperties)] : children.flatMap(statements);
	return statements(tree);
}

const stated = ({ n, claim = "", before }: CiteProps): Stated => ({
	...(n !== undefined && { n }),
	claims: before === undefined ? [claim] : [claim, before],
});
