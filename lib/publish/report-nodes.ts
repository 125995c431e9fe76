import { createHash } from "node:crypto";
import type { Element, ElementContent } from "hast";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";

export const el = (tagName: string, properties: Element["properties"], children: ElementContent[] = []): Element => ({
	type: "element",
	tagName,
	properties,
	children,
});

/** NUL cannot stand in HTML, a lone surrogate not in UTF-8. */
export const text = (value: string) => ({
	type: "text" as const,
	value: value.toWellFormed().replaceAll("\0", "\ufffd"),
});

type Standing = {
	/** BCP 47 tag. */
	language: string;
	title: string;
	styles: string;
	body: ElementContent[];
	/** The one script that may run; it stands in the body. */
	script?: string;
};

/** A document that stands alone: its policy first, which lets nothing be fetched and nothing run but `script`, by its hash. */
export function documentOf({ language, title, styles, body, script }: Standing): string {
	const head = el("head", {}, [
		el("meta", { charSet: "utf-8" }),
		el("meta", { httpEquiv: ["Content-Security-Policy"], content: policyOf(script) }),
		el("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
		el("meta", { name: "robots", content: "noindex, nofollow" }),
		el("meta", { name: "referrer", content: "no-referrer" }),
		el("title", {}, [text(title)]),
		el("style", {}, [text(styles)]),
	]);
	const page = el("html", { lang: language }, [head, el("body", {}, body)]);
	return `${unified()
		.use(rehypeStringify)
		.stringify({ type: "root", children: [{ type: "doctype" }, page] })}\n`;
}

function policyOf(script: string | undefined): string {
	const run =
		script === undefined ? "" : ` script-src 'sha256-${createHash("sha256").update(script).digest("base64")}';`;
	return `default-src 'none';${run} style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}
