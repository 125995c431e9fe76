/** The documents a run's report leaves the product as, each with its media type. */
export const DOCUMENT_TYPES = {
	md: "text/markdown; charset=utf-8",
	pdf: "application/pdf",
	docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	html: "text/html; charset=utf-8",
} as const;
export type DocumentFormat = keyof typeof DOCUMENT_TYPES;

export const DOCUMENT_FORMATS = Object.keys(DOCUMENT_TYPES) as DocumentFormat[];
export const isDocumentFormat = (text: string): text is DocumentFormat => Object.hasOwn(DOCUMENT_TYPES, text);

const LONGEST_NAME = 80;

/**
 * A file name that every system takes, from a title: no separators, no control or direction marks, nothing Windows keeps
 * for itself; `report` when nothing is left.
 */
export function documentName(title: string, format: DocumentFormat): string {
	const plain = title
		.toWellFormed()
		.replace(/[\p{C}\p{Z}/\\:*?"<>|\ufffd]+/gu, " ")
		.trim();
	const short = [...plain]
		.slice(0, LONGEST_NAME)
		.join("")
		.replace(/^[. ]+|[. ]+$/g, "");
	const isKept = /^(?:con|prn|aux|nul|(?:com|lpt)\d)(?:\.|$)/i.test(short);
	return `${isKept ? `report ${short}` : short || "report"}.${format}`;
}

/** The header under which a browser saves the document by that name: plain for old readers, UTF-8 for the others. */
export function dispositionOf(name: string): string {
	const plain = name.replace(/[^\x20-\x7e]+/g, "_").replace(/["\\%]/g, "_");
	const encoded = encodeURIComponent(name).replace(/['()*!]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
	return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
