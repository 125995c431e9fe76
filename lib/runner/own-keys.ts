import "server-only";
import { type Model, type ModelDelta, ModelFault } from "../agent/model";
import type { Tool, ToolOutcome } from "../agent/tool";
import { keysInUse } from "../env";

const HIDDEN = "[secret]";

/** A key as it is, and as it stands in JSON, in an address, in base64 and in hexadecimal digits. */
function writtenForms(key: string): string[] {
	const bytes = Buffer.from(key);
	const escaped = JSON.stringify(key).slice(1, -1);
	return [
		key,
		escaped,
		encodeURIComponent(key),
		bytes.toString("base64"),
		bytes.toString("base64url"),
		bytes.toString("hex"),
	];
}

const known = new Map<string, string[]>();

function formsOf(key: string): string[] {
	const forms = known.get(key) ?? writtenForms(key);
	known.set(key, forms);
	return forms;
}

/** A text without the keys of this installation: a server that gets one may say it back, and nothing is to keep it. */
export function withoutOwnKeys(text: string): string {
	let bare = text;
	for (const form of keysInUse().flatMap(formsOf)) if (bare.includes(form)) bare = bare.replaceAll(form, HIDDEN);
	return bare;
}

/** The same for every text in a value. */
function bareOf<T>(value: T): T;
function bareOf(value: unknown): unknown {
	if (typeof value === "string") return withoutOwnKeys(value);
	if (Array.isArray(value)) return value.map((part) => bareOf(part));
	if (value === null || typeof value !== "object") return value;
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, bareOf(part)]));
}

/** A model whose replies and faults hold no key of this installation; `key`: the one that its server is sent. */
export const keylessModel = (model: Model, key: string | undefined): Model => ({
	...model,
	reply: (...asked) => keylessReply(model.reply(...asked), key === undefined ? [] : formsOf(key)),
});

async function* keylessReply(reply: ReturnType<Model["reply"]>, forms: readonly string[]): ReturnType<Model["reply"]> {
	let held: ModelDelta[] = [];
	try {
		for (;;) {
			const next = await reply.next();
			if (next.done) {
				yield* held;
				return bareOf(next.value);
			}
			const { ready, wait } = sorted([...held, next.value], forms);
			yield* ready;
			held = wait;
		}
	} catch (error) {
		if (error instanceof ModelFault) error.message = withoutOwnKeys(error.message);
		throw error;
	} finally {
		await reply.return(undefined as never);
	}
}

/** What of the text so far may be shown, and its end that may be the beginning of a key, which waits for what follows. */
function sorted(deltas: ModelDelta[], forms: readonly string[]): { ready: ModelDelta[]; wait: ModelDelta[] } {
	const last = deltas.at(-1);
	if (!last) return { ready: [], wait: [] };
	const others = deltas.filter(({ part }) => part !== last.part);
	const whole = deltas.filter(({ part }) => part === last.part);
	const text = withoutOwnKeys(whole.map((delta) => delta.text).join(""));
	const from = text.length - begunIn(text, forms);
	const pieces = [text.slice(0, from), text.slice(from)].map((piece) =>
		piece === "" ? [] : [{ ...last, text: piece }],
	);
	const [shown = [], wait = []] = pieces;
	return { ready: [...others, ...shown], wait };
}

/** How many signs at the end of a text may be the beginning of a form. */
function begunIn(text: string, forms: readonly string[]): number {
	let longest = 0;
	for (const form of forms) {
		const first = form.charAt(0);
		let at = text.indexOf(first, Math.max(0, text.length - form.length + 1));
		while (at >= 0 && !form.startsWith(text.slice(at))) at = text.indexOf(first, at + 1);
		if (at >= 0) longest = Math.max(longest, text.length - at);
	}
	return longest;
}

/** A tool whose outcomes, errors and reports of progress hold none. */
export function keylessTool(tool: Tool): Tool {
	return {
		...tool,
		async run(args, context): Promise<ToolOutcome> {
			const progress = (text: string) => context.progress(withoutOwnKeys(text));
			try {
				return bareOf(await tool.run(args, { ...context, progress }));
			} catch (error) {
				if (error instanceof Error) error.message = withoutOwnKeys(error.message);
				throw error;
			}
		},
	};
}
