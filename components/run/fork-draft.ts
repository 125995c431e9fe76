import type { ForkChange } from "@/lib/trajectory/event";
import type { ForkInput } from "@/lib/trajectory/fork";
import type { Retention, ToolSpec } from "@/lib/trajectory/settings";
import { sitesIn } from "@/lib/trajectory/site-names";

/** What part of a call is edited first. */
export type ForkPart = "thought" | "arguments" | "result" | "settings";

/** Which part of a call a fork edits: an edited reply acts anew, an edited result is read instead of the recorded one. */
export type ForkMode = "reply" | "result" | "settings";

/** A fork as it stands in the form; texts and sites as typed. `retention` is `same`, `all`, or the number of results kept. */
export type ForkDraft = {
	mode: ForkMode;
	thought: string;
	args: string;
	result: string;
	preset: string;
	model: string;
	calls: string;
	retention: string;
	onlySites: string;
	neverSites: string;
};

/** The call as recorded, and the settings it was made with. */
export type ForkOriginal = Omit<ForkDraft, "mode"> & { call: number; schema: ToolSpec["schema"] };

/** What is wrong with a field, as a key of the catalogue with its values. */
export type ForkProblem =
	| { field: "args"; kind: "notJson"; detail: string }
	| { field: "args"; kind: "notObject" }
	| { field: "args"; kind: "missing"; name: string }
	| { field: "args"; kind: "unknown"; name: string; known: string }
	| { field: "args"; kind: "type"; name: string; type: string }
	| { field: "calls"; kind: "calls" };

type FromCall = Extract<ForkInput, { kind: "from_call" }>;
export type ForkMade =
	| { ok: true; input: FromCall; changes: ForkChange[]; keeps: number }
	| ({ ok: false } & ForkProblem);

/** What a filled-in form asks for, or the first field that is wrong. Only what differs from the recording is sent. */
export function forkOf(draft: ForkDraft, original: ForkOriginal): ForkMade {
	const calls = Number(draft.calls);
	if (!Number.isInteger(calls) || calls < 1 || calls > 50_000) return { ok: false, field: "calls", kind: "calls" };
	const input: FromCall = { kind: "from_call", call: original.call, calls };
	const changes: ForkChange[] = [];
	if (draft.mode === "reply") {
		const read = readArguments(draft.args, original.schema);
		if (!read.ok) return read;
		if (draft.thought !== original.thought) {
			input.thought = draft.thought;
			changes.push("thought");
		}
		if (JSON.stringify(read.args) !== JSON.stringify(JSON.parse(original.args))) {
			input.args = read.args;
			changes.push("arguments");
		}
	}
	if (draft.mode === "result" && draft.result !== original.result) {
		input.result = draft.result;
		changes.push("result");
	}
	if (addSettings(input, draft, original)) changes.push("settings");
	const isEdited = input.thought !== undefined || input.args !== undefined || input.result !== undefined;
	return { ok: true, input, changes, keeps: isEdited ? original.call - 1 : original.call };
}

function addSettings(input: FromCall, draft: ForkDraft, original: ForkOriginal): boolean {
	if (draft.preset !== original.preset) input.preset = draft.preset;
	if (draft.model !== original.model) input.model = draft.model;
	const retention = retentionOfChoice(draft.retention);
	if (retention) input.retention = retention;
	if (draft.onlySites !== original.onlySites) input.onlySites = sitesIn(draft.onlySites);
	if (draft.neverSites !== original.neverSites) input.neverSites = sitesIn(draft.neverSites);
	return SETTINGS.some((name) => input[name] !== undefined);
}

const SETTINGS = ["preset", "model", "retention", "onlySites", "neverSites"] as const;

function retentionOfChoice(choice: string): Retention | undefined {
	if (choice === "all") return { policy: "keep-all" };
	return choice === "same" ? undefined : { policy: "keep-last", k: Number(choice) };
}

type Arguments = { ok: true; args: Record<string, unknown> } | ({ ok: false } & ForkProblem);

/** Reads arguments as typed and holds them against the tool's schema. */
export function readArguments(text: string, schema: ToolSpec["schema"]): Arguments {
	let args: unknown;
	try {
		args = JSON.parse(text);
	} catch (error) {
		return { ok: false, field: "args", kind: "notJson", detail: error instanceof Error ? error.message : "" };
	}
	if (args === null || typeof args !== "object" || Array.isArray(args)) {
		return { ok: false, field: "args", kind: "notObject" };
	}
	const problem = misfitOf(args as Record<string, unknown>, schema);
	return problem ? { ok: false, ...problem } : { ok: true, args: args as Record<string, unknown> };
}

function misfitOf(args: Record<string, unknown>, schema: ToolSpec["schema"]): ForkProblem | undefined {
	const facts = argumentFacts(schema);
	const missing = facts.find(({ name, isRequired }) => isRequired && !(name in args));
	if (missing) return { field: "args", kind: "missing", name: missing.name };
	for (const [name, value] of Object.entries(args)) {
		const fact = facts.find((known) => known.name === name);
		if (!fact) return { field: "args", kind: "unknown", name, known: facts.map((known) => known.name).join(", ") };
		if (fact.type && !isOfType(value, fact.type)) return { field: "args", kind: "type", name, type: fact.type };
	}
	return undefined;
}

export type ArgumentFact = { name: string; type: string; isRequired: boolean; detail: string };

/** The arguments a tool takes, as its JSON Schema says. */
export function argumentFacts({ properties, required }: ToolSpec["schema"]): ArgumentFact[] {
	const needed = Array.isArray(required) ? required : [];
	return Object.entries((properties ?? {}) as Record<string, Record<string, unknown>>).map(([name, property]) => ({
		name,
		type: typeof property.type === "string" ? property.type : "",
		isRequired: needed.includes(name),
		detail: typeof property.description === "string" ? property.description : "",
	}));
}

function isOfType(value: unknown, type: string): boolean {
	switch (type) {
		case "string":
			return typeof value === "string";
		case "number":
			return typeof value === "number";
		case "boolean":
			return typeof value === "boolean";
		case "integer":
			return Number.isInteger(value);
		case "array":
			return Array.isArray(value);
		case "object":
			return value !== null && typeof value === "object" && !Array.isArray(value);
		default:
			return true;
	}
}
