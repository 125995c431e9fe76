import type { AgentEvent, RunEvent, Source } from "./event";
import type { Redactor } from "./redact";
import type { RunSettings } from "./settings";

/** What the events of a snapshot are made with. `numberOf`: the number of a kept page, by its hash. */
type Making = {
	redactor: Redactor;
	numberOf(hash: string): number | undefined;
	/** Hears, before an event is redacted, of the call that it belongs to. */
	onCall(n: number): void;
};

/** Events numbered anew, whole and redacted; `seqs` gives the new number of each old one that was kept. */
export type PassedOn = { events: RunEvent[]; seqs: Map<number, number> };

/**
 * The events that are passed on: without a person's remarks, and without anything that names a run. Of a parent only
 * the last event that is shared with it is told.
 */
export function passOn(events: readonly RunEvent[], making: Making): PassedOn {
	const kept: RunEvent[] = [];
	const seqs = new Map<number, number>();
	let calls = 0;
	for (const event of events) {
		if (event.type === "model.replied") making.onCall(calls + 1);
		if (event.type === "tool.called") making.onCall(++calls);
		const { runId: _, seq: __, at, ...said } = event;
		const told = redacted(said as AgentEvent, kept.length, making);
		if (!told) continue;
		const seq = kept.length + 1;
		seqs.set(event.seq, seq);
		kept.push({ ...told, runId: "", seq, at });
		const [first] = kept;
		if (told.type === "run.forked" && first?.type === "run.started") kept[0] = { ...first, parent: told.parent };
	}
	return { events: kept, seqs };
}

function redacted(event: AgentEvent, before: number, { redactor, numberOf }: Making): AgentEvent | undefined {
	const { text, value } = redactor;
	switch (event.type) {
		case "note.added":
		case "score.recorded":
		case "subagent.started":
			return undefined;
		case "run.edited":
			return event.title === undefined ? undefined : { type: "run.edited", title: text(event.title) };
		case "run.started":
			return {
				type: "run.started",
				version: event.version,
				question: text(event.question),
				settings: settingsOf(event.settings, text),
				...(event.task !== undefined && { task: text(event.task) }),
				...(event.plan !== undefined && { plan: text(event.plan) }),
			};
		case "run.forked": {
			const parent = { runId: "", seq: Math.max(1, before) };
			const { attachments: _, attached: __, ...rest } = event;
			return { ...rest, parent, ...(event.followUp !== undefined && { followUp: text(event.followUp) }) };
		}
		case "attempt.started":
			return { ...event, ...(event.carried !== undefined && { carried: text(event.carried) }) };
		case "run.paused":
		case "run.resumed":
		case "turn.rolled_back":
			return { ...event, detail: text(event.detail) };
		case "model.requested":
			return { ...event, requestHash: "" };
		case "model.failed":
			return { ...event, message: text(event.message) };
		case "model.replied":
			return {
				...event,
				content: text(event.content),
				calls: event.calls.map((call) => ({ ...call, args: value(call.args) })),
				...(event.reasoning !== undefined && { reasoning: text(event.reasoning) }),
				...(event.serverModel !== undefined && { serverModel: text(event.serverModel) }),
			};
		case "tool.called":
			return { ...event, ...(event.repaired && { repaired: value(event.repaired) }) };
		case "tool.returned":
			return {
				...event,
				text: text(event.text),
				summary: text(event.summary),
				sources: event.sources.map((source) => sourceOf(source, value, numberOf)),
				...(event.files && { files: event.files.map((file) => ({ ...file, name: text(file.name), hash: "" })) }),
			};
		case "user.steered":
			return { ...event, text: text(event.text) };
		case "run.ended":
			return {
				...event,
				detail: text(event.detail),
				...(event.boxed !== undefined && { boxed: text(event.boxed) }),
			};
		case "approval.decided":
			return { ...event, ...(event.note !== undefined && { note: text(event.note) }) };
		case "turn.started":
		case "approval.asked":
			return event;
		default:
			return event satisfies never;
	}
}

function sourceOf(source: Source, value: Redactor["value"], numberOf: Making["numberOf"]): Source {
	const { hash, docId: _, ...shown } = source;
	const number = hash === undefined ? undefined : numberOf(hash);
	return { ...value(shown), ...(number !== undefined && { hash: String(number) }) };
}

/** What a replay shows of the settings: no prompts, no tools' texts, nothing of the library and of other runs. */
function settingsOf(settings: RunSettings, text: Redactor["text"]): RunSettings {
	const { recordedFrom: _, sites: __, ...rest } = settings;
	return {
		...rest,
		preset: text(rest.preset),
		model: { ...rest.model, id: text(rest.model.id) },
		tools: [],
		collections: [],
		blockedHosts: [],
		prompts: { system: "", taskSuffix: "", answer: "", failureSummary: "", failurePrefill: "" },
	};
}
