import type { Element, ElementContent } from "hast";

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

/** The head of a document that stands alone: its policy first, then what it is called and how it looks. */
export const headOf = (title: string, policy: string, styles: string): Element =>
	el("head", {}, [
		el("meta", { charSet: "utf-8" }),
		el("meta", { httpEquiv: ["Content-Security-Policy"], content: policy }),
		el("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
		el("meta", { name: "robots", content: "noindex, nofollow" }),
		el("meta", { name: "referrer", content: "no-referrer" }),
		el("title", {}, [text(title)]),
		el("style", {}, [text(styles)]),
	]);
