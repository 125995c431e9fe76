import type { Ran, Sandboxes, ToolContext, ToolOutcome } from "../agent/tool";
import { asData } from "../web/untrusted";

/** Longest result and longest error that a model reads, in code points (spec §2.2). */
const MAX_RESULT = 20_000;
const MAX_ERROR = 4000;
const CUT_MARK = " [Result truncated due to length limit]";
const LONGEST_LINE = 100;

/** The server under which MiroThinker's models know these tools. */
export const PYTHON_SERVER = "tool-python";

/** Why there is no Python, for the model. */
export const NO_PYTHON = "Python cannot be run on this machine. Go on without it.";

const cut = (text: string, most: number, mark: string): string => {
	if (text.length <= most) return text;
	const points = Array.from(text);
	return points.length <= most ? text : points.slice(0, most).join("") + mark;
};

/** What a person sees in one line: what went wrong, what came out last, or what was written. */
function lineOf({ stopped, error, result, stdout, stderr, exit, files }: Ran): string {
	if (stopped) return stopped;
	if (error) return short(`${error.name}: ${error.value}`);
	if (exit !== undefined && exit !== 0) return short(`exit status ${exit}: ${lastLine(stderr) || lastLine(stdout)}`);
	const shown = result ?? lastLine(stdout);
	const pictures = files.filter(({ type }) => type.startsWith("image/")).length;
	if (pictures > 0) return `${pictures} ${pictures === 1 ? "picture" : "pictures"}${shown ? `, ${short(shown)}` : ""}`;
	return short(
		shown || lastLine(stderr) || (files.length > 0 ? `${files.length} files written` : "ran without output"),
	);
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
const short = (text: string): string => {
	const line = text.replace(/\s+/g, " ").trim();
	return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE).toWellFormed()}…` : line;
};

/** What was printed, what the last expression was, what was raised: as text, for models that know no other form. */
export function plainOutcome(ran: Ran): ToolOutcome {
	const { stdout, stderr, result, error, stopped, notes, files } = ran;
	const parts = [
		...notes.map((note) => `[${note}]`),
		stdout.trimEnd(),
		result === undefined ? "" : `Result: ${result}`,
		stderr.trim() && `stderr:\n${stderr.trimEnd()}`,
		error ? cut(error.traceback.trimEnd(), MAX_ERROR, CUT_MARK) : "",
		stopped ?? "",
	];
	const text = asData(parts.filter(Boolean).join("\n")) || "It ran without output.";
	const status = error || stopped ? "error" : "ok";
	return { status, text: cut(text, MAX_RESULT, CUT_MARK), summary: asData(lineOf(ran)), sources: [], files };
}

/** The same as E2B prints it. Upstream's tools report a failure as a result, not as a failed call. */
export function upstreamOutcome(ran: Ran): ToolOutcome {
	const { repr, stopped, notes, files } = ran;
	const printed = cut(asData(repr), MAX_RESULT, CUT_MARK);
	const text = [stopped ? `[ERROR]: ${stopped}` : "", printed, ...notes.map((note) => asData(`[${note}]`))];
	return { status: "ok", text: text.filter(Boolean).join("\n"), summary: asData(lineOf(ran)), sources: [], files };
}

/** A sentence that everything went well. */
export const done = (text: string): ToolOutcome => ({ status: "ok", text, summary: text, sources: [] });

/**
 * Does a piece of work as upstream's tools do: what went wrong is told as a result (spec §3.4). An abort is no failure
 * of theirs: it throws its reason.
 */
export async function asUpstream(
	{ sandboxes, signal }: Pick<ToolContext, "sandboxes" | "signal">,
	work: (sandboxes: Sandboxes) => Promise<ToolOutcome>,
): Promise<ToolOutcome> {
	try {
		if (!sandboxes) throw new Error(NO_PYTHON);
		return await work(sandboxes);
	} catch (error) {
		signal.throwIfAborted();
		const message = asData(error instanceof Error ? error.message : String(error));
		return { status: "ok", text: `[ERROR]: ${cut(message, MAX_ERROR, "")}`, summary: message, sources: [] };
	}
}

/** Names that models make up for a sandbox they have not created (spec §3.4). */
const MADE_UP = new Set(
	`default sandbox1 sandbox some_id new_sandbox python create_sandbox sandbox123 temp sandbox-0 sandbox-1 sandbox_0
	sandbox_1 new 0 auto default_sandbox none sandbox_12345 dummy sandbox_01`.split(/\s+/),
);

/** Whether an id can be that of a sandbox at all. */
export const isMadeUp = (id: string): boolean => id.trim() === "" || MADE_UP.has(id.trim().toLowerCase());

/** Refuses an id that no sandbox has. */
export function checkedId(id: string): string {
	if (!isMadeUp(id)) return id.trim();
	throw new Error(`${JSON.stringify(id)} is no valid sandbox_id. Create a real sandbox with create_sandbox first.`);
}
