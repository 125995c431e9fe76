import { safeAddress } from "../trajectory/outer-links";
import { withReferences } from "../trajectory/report";
import type { Paper } from "./paper";

/** The report as Markdown, under the run's title, with its reference list. Without an answer, the title alone. */
export function markdownOf({ snapshot: { title, report }, words }: Paper): string {
	const parts = [`# ${escaped(title)}`];
	if (report?.boxed !== undefined) parts.push(`**${escaped(words.shortAnswer)}:** ${escaped(report.boxed)}`);
	if (report) parts.push(withReferences({ ...report, citations: report.citations.map(listed) }, words.references));
	return `${parts.join("\n\n")}\n`;
}

/** A title is a page's own text: it may not write Markdown into the list. */
const listed = <T extends { title: string; url: string }>(citation: T): T => ({
	...citation,
	title: escaped(citation.title),
	url: safeAddress(citation.url) ?? escaped(citation.url),
});

const escaped = (text: string): string =>
	text
		.replace(/\s+/g, " ")
		.trim()
		.replace(/[\\`*_[\]<>#|~]/g, "\\$&");
