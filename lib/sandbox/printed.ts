import type { BoxAnswer } from "./engine";

const SHORT: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
/** What Python counts as not printable: all that is no sign, and every blank but the plain one. */
const UNPRINTABLE = /[\\\p{C}\p{Z}]/gu;

/** A string as Python's `repr` writes it. */
export function reprOf(text: string): string {
	const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
	const body = text.replace(UNPRINTABLE, escaped);
	return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

function escaped(sign: string): string {
	if (sign === " ") return sign;
	const code = sign.codePointAt(0) ?? 0;
	const hex = code.toString(16);
	if (code < 0x100) return SHORT[sign] ?? `\\x${hex.padStart(2, "0")}`;
	return code < 0x1_0000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

type Execution = Pick<BoxAnswer, "stdout" | "stderr" | "result" | "error">;

/** What E2B's interpreter prints of a call of Python, which MiroThinker's models have learnt to read. */
export function asExecution({ stdout, stderr, result, error }: Execution): string {
	const results = result == null ? "" : `Result(${result})`;
	const [out, err] = [stdout, stderr].map((text) => (text === "" ? "[]" : `[${reprOf(text)}]`));
	const raised = error
		? `ExecutionError(name=${reprOf(error.name)}, value=${reprOf(error.value)}, traceback=${reprOf(error.traceback)})`
		: "None";
	return `Execution(Results: [${results}], Logs: Logs(stdout: ${out}, stderr: ${err}), Error: ${raised})`;
}

/** The same of a command. */
export const asCommandResult = ({ stdout, stderr, exit }: Pick<BoxAnswer, "stdout" | "stderr" | "exit">): string =>
	`CommandResult(stderr=${reprOf(stderr)}, stdout=${reprOf(stdout)}, exit_code=${exit ?? "None"}, error='')`;
