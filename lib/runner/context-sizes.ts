import "server-only";
import { protocolOf } from "../agent/protocol/protocols";
import type { ContextKind, ContextView } from "../trajectory/context-view";
import type { Message } from "../trajectory/messages";
import { OMITTED } from "../trajectory/retention";
import type { ContextMoment } from "./context-walk";

const BYTES_A_TOKEN = 4;

/** A message with its text as sent; `tokens` is not rounded, so that sums stay right. */
export type Sized = { message: Message; text: string; tokens: number };

/** Tokens of a text by its bytes: a share of what the server counted for the whole prompt (`scale`), else a guess. */
export const tokensOf = (text: string, scale: number): number =>
	(Buffer.byteLength(text, "utf8") / BYTES_A_TOKEN) * scale;

export const sum = (sized: readonly Sized[]): number => Math.round(sized.reduce((all, { tokens }) => all + tokens, 0));

const texts = new WeakMap<Message, string>();

/** A message as it stands in the request body: its content, its reasoning and its calls. */
export function textOf({ settings }: ContextMoment, message: Message): string {
	const known = texts.get(message);
	if (known !== undefined) return known;
	const made = protocolOf(settings.protocol)
		.toWire(message)
		.map((wire) => {
			const { role: _, content, ...rest } = wire;
			const { tool_call_id: __, ...more } = rest as Record<string, unknown>;
			return [
				content ?? "",
				...Object.values(more).map((value) => (typeof value === "string" ? value : JSON.stringify(value))),
			]
				.filter((part) => part !== "")
				.join("\n\n");
		})
		.join("\n");
	texts.set(message, made);
	return made;
}

export const sizes = (moment: ContextMoment, messages: readonly Message[], scale: number): Sized[] =>
	messages.map((message) => {
		const text = textOf(moment, message);
		return { message, text, tokens: tokensOf(text, scale) };
	});

export function kindOf(message: Message): ContextKind {
	if (message.role === "system") return "system";
	if (message.role === "assistant") return "reply";
	return message.kind === "results" ? "result" : message.kind;
}

export const isMasked = ({ message }: Sized): boolean =>
	message.role === "user" &&
	(message.kind === "results" ? message.results.some(({ text }) => text === OMITTED) : message.content === OMITTED);

/** The request by kind of message. */
export function partsOf(
	shown: readonly Sized[],
	full: readonly Sized[],
): Omit<ContextView["tokens"], "total" | "window" | "estimated"> {
	const of = (test: (sized: Sized) => boolean) => sum(shown.filter(test));
	const isResult = ({ message }: Sized) => kindOf(message) === "result";
	return {
		system: of(({ message }) => kindOf(message) === "system"),
		question: of(({ message }) => !["system", "reply", "result"].includes(kindOf(message))),
		thoughts: of(({ message }) => kindOf(message) === "reply"),
		results: of((sized) => isResult(sized) && !isMasked(sized)),
		placeholders: of((sized) => isResult(sized) && isMasked(sized)),
		keptResults: shown.filter((sized) => isResult(sized) && !isMasked(sized)).length,
		maskedResults: full.filter(isResult).length - shown.filter((sized) => isResult(sized) && !isMasked(sized)).length,
	};
}
