import { readEvents } from "../db/events";
import { closeLibrary, collections, indexInstalledDocs } from "../library/library";
import { closeMcp } from "../runner/mcp";
import { cancelRun, startRun } from "../runner/runner";
import { closeStream, openStream, subscribe } from "../runner/watch";
import type { AskInput } from "../trajectory/ask";
import { unpack } from "../trajectory/packet";
import { reportOf, withReferences } from "../trajectory/report";
import { proseOf } from "../trajectory/row";
import { splitThink } from "../trajectory/think";
import { type RunView, viewOf } from "../trajectory/view";
import { closeChromium } from "../web/render/chromium";
import { checkSettings, parseCommand, stop } from "./command";
import { Progress } from "./progress";

const USAGE = `npm run -s ask -- "question" [options]

  --preset P          how to run (npm run doctor lists the presets)
  --mode M            report (default) or boxed: a short answer
  --collection C      collection of the library to use; may be repeated; default: all
  --only-site S       search and read the web on this site alone; may be repeated
  --never-site S      keep away from this site; may be repeated
  --mcp S             MCP server to use; may be repeated; default: as the preset does
  --sub-agents        may hand subtasks to sub-agents
  --max-calls N       budget of tool calls
  --json              print one object instead of the answer
`;

const options = {
	preset: { type: "string" },
	mode: { type: "string" },
	collection: { type: "string", multiple: true },
	"only-site": { type: "string", multiple: true },
	"never-site": { type: "string", multiple: true },
	mcp: { type: "string", multiple: true },
	"sub-agents": { type: "boolean" },
	"max-calls": { type: "string" },
	json: { type: "boolean", default: false },
} as const;

/** What the fields of a question are called on the command line. */
const WORDS: Record<string, string> = {
	maxCalls: "--max-calls",
	preset: "--preset",
	collections: "--collection",
	onlySites: "--only-site",
	neverSites: "--never-site",
	mcp: "--mcp",
	subAgents: "--sub-agents",
};

/** `npm run ask`: one run, from the question to its end; status 0 when it gave an answer. */
async function ask(): Promise<void> {
	const { values, positionals } = parseCommand(options, USAGE);
	if (positionals.length === 0) stop(USAGE);
	checkSettings();
	const { mode = "report", json } = values;
	if (mode !== "report" && mode !== "boxed") stop(`--mode ${mode} is none of report, boxed.`);
	if ((await collections()).length === 0) await indexInstalledDocs();
	const started = await startRun({ question: positionals.join(" "), answerMode: mode, ...chosenOf(values) });
	if (!started.ok) stop(`${WORDS[started.field] ?? started.field}: ${started.message}`);
	process.once("SIGINT", () => void cancelRun(started.runId));
	await follow(started.runId);
	const view = viewOf(await readEvents(started.runId));
	console.log(json ? JSON.stringify(resultOf(view)) : (view.answer?.boxed ?? textOf(view)));
	await Promise.all([closeLibrary(), closeMcp(), closeChromium()]);
	process.exit(view.answer ? 0 : 1);
}

type Values = ReturnType<typeof parseCommand<typeof options>>["values"];

/** What was chosen on the command line; what was not is the preset's to say. */
function chosenOf({ preset, collection, mcp, ...values }: Values): Omit<AskInput, "question"> {
	return {
		...(preset !== undefined && { preset }),
		...(collection && { collections: collection }),
		onlySites: values["only-site"] ?? [],
		neverSites: values["never-site"] ?? [],
		...(mcp && { mcp }),
		...(values["sub-agents"] && { subAgents: true }),
		...(values["max-calls"] !== undefined && { maxCalls: Number(values["max-calls"]) }),
	};
}

/** Tells the run's progress on stderr until it ends; a stream that ends before is opened again. */
async function follow(runId: string): Promise<void> {
	const progress = new Progress(runId, (line) => console.error(line));
	while (!progress.done) {
		const reader = openStream(runId).getReader();
		const subscribed = await subscribe(runId, runId, progress.lastSeq);
		if (!subscribed.ok) stop(subscribed.error);
		for (let next = await reader.read(); !next.done; next = await reader.read()) {
			progress.take(unpack(next.value));
			if (progress.done) closeStream(runId);
		}
	}
}

/** What a person reads: a report with its references, or the reply that holds the short answer. */
function textOf(view: RunView): string {
	const { answer, settings } = view;
	const report = settings?.answerMode === "report" && reportOf(view);
	if (report) return withReferences(report);
	return answer ? proseOf(splitThink(answer.content).visible) : "";
}

/** The run as one object; `sources` are all that it opened, `ms` the time from start to end. */
function resultOf(view: RunView) {
	const cited = new Set(reportOf(view)?.citations.map(({ url }) => url));
	const opened = [...view.sources.values()].filter(({ openedCall }) => openedCall !== undefined);
	return {
		runId: view.runId,
		answer: textOf(view),
		boxed: view.answer?.boxed ?? null,
		outcome: view.outcome,
		calls: view.calls,
		turns: view.turns,
		sources: opened.map(({ url, title, docId = null }) => ({ url, title, docId, cited: cited.has(url) })),
		usage: view.usage,
		ms: (view.endedAt ?? view.lastAt) - view.startedAt,
	};
}

await ask();
