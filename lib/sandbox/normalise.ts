const MAX_CODE = 1_000_000;

/**
 * Code as a model means it: without the marks of a markdown block around it, a byte order mark, or the line ends of
 * another system. Throws a sentence for the model when it cannot be run at all.
 */
export function normalised(code: string): string {
	const fenced = /^\s*(?:```|~~~)[\w+-]*[ \t]*\r?\n([\s\S]*?)\r?\n?[ \t]*(?:```|~~~)\s*$/.exec(code)?.[1];
	const plain = (fenced ?? code)
		.replace(/^\ufeff/, "")
		.replace(/\r\n?/g, "\n")
		.toWellFormed();
	if (plain.trim() === "") throw new Error("There is nothing to run: the code is empty.");
	if (plain.includes("\0")) throw new Error("The code holds a NUL character. Write it as \\0 in a string.");
	if (plain.length > MAX_CODE) {
		throw new Error(`The code has ${plain.length} characters; at most ${MAX_CODE} can be run. Write a file in parts.`);
	}
	return plain;
}
