import type { Element, ElementContent, Nodes, Root } from "hast";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { safeAddress } from "../trajectory/outer-links";
import { type Paper, type PaperReference, referencesOf } from "./paper";
import { REPORT_CSS } from "./report-css";
import { documentOf, el, text } from "./report-nodes";
import { reportTree } from "./report-tree";

/**
 * The report as one HTML document that stands alone: nothing in it runs, nothing is fetched, and every text of the run is
 * escaped. In the scopes that hold them, the cited pages follow as they were read.
 */
export const reportHtml = (paper: Paper): string =>
	documentOf({
		language: paper.words.language,
		title: paper.snapshot.title,
		styles: REPORT_CSS,
		body: [reportBody(paper)],
	});

/** Question, answer and references, as they stand in a page. */
export const reportBody = (paper: Paper): Element =>
	el("main", {}, [header(paper), ...answer(paper), ...references(paper)]);

function header({ snapshot: { title, question, outcome }, words }: Paper): Element {
	const isForced = outcome !== undefined && outcome !== "answered";
	return el("header", {}, [
		el("h1", { dir: "auto" }, [text(title)]),
		...(question.trim() === title.trim() ? [] : [el("p", { className: ["asked"], dir: "auto" }, [text(question)])]),
		el("p", { className: ["meta"] }, [
			...(isForced ? [el("span", { className: ["forced"] }, [text(words.forced)]), text(" · ")] : []),
			text(words.made),
		]),
	]);
}

function answer({ snapshot: { report }, words }: Paper): ElementContent[] {
	if (!report) return [];
	const numbers = new Set(report.citations.map(({ n }) => n));
	const tree = reportTree(report.markdown, numbers, words);
	const options = { footnoteLabel: words.footnotes, footnoteLabelProperties: {}, clobberPrefix: "note-" };
	const html = unified().use(remarkRehype, options).runSync(tree) as Root;
	dress(html, /^# /m.test(report.markdown) ? 1 : 0);
	const boxed = report.boxed === undefined ? [] : [text(report.boxed)];
	return [
		...boxed.map((said) =>
			el("p", { className: ["boxed"], dir: "auto" }, [el("span", {}, [text(words.shortAnswer)]), said]),
		),
		el("article", { dir: "auto" }, html.children as ElementContent[]),
	];
}

const OUTER = ["noopener", "noreferrer", "nofollow", "ugc"];
const HEADING = /^h([1-6])$/;

/** Marks become links to their entries, the document's title stays its only first heading, wide tables scroll. */
function dress(node: Nodes, down: number): void {
	if (!("children" in node)) return;
	node.children = node.children.map((child) => {
		if (child.type !== "element") return child;
		dress(child, down);
		const level = HEADING.exec(child.tagName)?.[1];
		if (level) child.tagName = `h${Math.min(6, Math.max(2, Number(level) + down))}`;
		if (child.tagName === "cite") return mark(Number(child.properties.n));
		if (child.tagName === "a" && /^\w+:/.test(String(child.properties.href))) child.properties.rel = OUTER;
		return child.tagName === "table" ? el("div", { className: ["table"] }, [child]) : child;
	});
}

const mark = (n: number): Element =>
	el("sup", {}, [el("a", { href: `#reference-${n}`, role: "doc-noteref" }, [text(`[${n}]`)])]);

function references(paper: Paper): Element[] {
	const entries = referencesOf(paper);
	if (entries.length === 0) return [];
	const heading = el("h2", { id: "references" }, [text(paper.words.references)]);
	const list = el(
		"ol",
		{},
		entries.map((entry) => reference(entry, paper.words.asRead)),
	);
	return [el("section", { className: ["references"], ariaLabelledBy: ["references"] }, [heading, list])];
}

function reference({ n, title, url, date, text: page }: PaperReference, asRead: string): Element {
	const href = safeAddress(url);
	const named = (said: string) => (href ? el("a", { href, rel: OUTER }, [text(said)]) : text(said));
	return el("li", { id: `reference-${n}` }, [
		el("span", { className: ["n"] }, [text(`${n}`)]),
		el("span", { dir: "auto" }, [named(title || url)]),
		el("span", { className: ["at"] }, [named(url), ...(date ? [text(` · ${date}`)] : [])]),
		...(page ? [el("details", {}, [el("summary", {}, [text(asRead)]), el("pre", { dir: "auto" }, [text(page)])])] : []),
	]);
}
