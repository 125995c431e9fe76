/**
 * Python's `repr` of a JSON value. The released MiroThinker models saw tool schemas in this form, not as JSON (spec
 * §1.3.1, decision D1). Key order is kept.
 */
export function pyRepr(value: unknown): string {
	if (value === null || value === undefined) return "None";
	if (value === true) return "True";
	if (value === false) return "False";
	if (typeof value === "string") return pyString(value);
	if (typeof value === "number") return pyNumber(value);
	if (Array.isArray(value)) return `[${value.map(pyRepr).join(", ")}]`;
	const pairs = Object.entries(value).map(([key, entry]) => `${pyString(key)}: ${pyRepr(entry)}`);
	return `{${pairs.join(", ")}}`;
}

const SHORT: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Characters Python does not print: controls, formats, surrogates, private use, unassigned, blanks but the space. */
const ESCAPED = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

function pyString(text: string): string {
	const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
	const escaped = text.replace(ESCAPED, (char) => SHORT[char] ?? pyEscape(char.codePointAt(0) ?? 0));
	return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function pyEscape(code: number): string {
	if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
	if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
	return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** Whole numbers in full (Python's are unbounded), others with the exponent of at least two digits. */
function pyNumber(value: number): string {
	if (Number.isInteger(value)) return BigInt(value).toString();
	return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}
