import { picturesIn } from "./attachments";
import type { AgentEvent, AgentEventOf, Purpose, ToolCall } from "./event";
import { maskedIn, OMITTED } from "./retention";
import type { RunSettings } from "./settings";

type ResultPart = { callId: string; name: string; text: string };

/**
 * Text added behind a user message, and which of it a person said: that outlives the message. `pictures`: hashes of those
 * that go with it.
 */
type Appended = { appended?: string; steers?: readonly string[]; pictures?: readonly string[] };

/**
 * A message of the run, before a protocol puts it on the wire. `turn` is the turn that made it; a rolled-back turn's
 * messages leave. `results` is one message a turn, however many calls it had (decision D5).
 */
export type Message =
	| { role: "system"; content: string }
	| ({
			role: "user";
			kind: "task" | "steer" | "answer" | "failure_summary";
			content: string;
	  } & Appended)
	| ({ role: "user"; kind: "results"; turn: number; results: readonly ResultPart[] } & Appended)
	| {
			role: "assistant";
			turn: number;
			content: string;
			reasoning?: string;
			calls: readonly ToolCall[];
			prefill?: true;
	  };

export type UserMessage = Extract<Message, { role: "user" }>;

/** The unmasked message list of the current attempt, kept event by event. Messages are replaced, never changed. */
export type Conversation = {
	settings: RunSettings | undefined;
	question: string;
	/** What was agreed before the first call. */
	plan: string;
	/** What messages say of the files attached so far; a new attempt is told all of it at once. */
	attached: string;
	/** Hashes of the pictures that the model is shown with them. */
	pictures: string[];
	/** Failure summaries of earlier attempts, oldest first. */
	carried: string[];
	messages: Message[];
	/** Purpose of the newest turn: the answer call keeps one result more under `generic` rules (decision D16). */
	purpose: Purpose;
	/** Steering that waits for the next turn. */
	steers: string[];
};

export const emptyConversation = (): Conversation => ({
	settings: undefined,
	question: "",
	plan: "",
	attached: "",
	pictures: [],
	carried: [],
	messages: [],
	purpose: "research",
	steers: [],
});

/**
 * What the model sees next after these events: the one function behind the loop, a resume, a fork and the context
 * view. Events up to and including a turn's `turn.started` give that turn's request.
 */
export function messagesOf(events: Iterable<AgentEvent>): Message[] {
	const conversation = emptyConversation();
	for (const event of events) converse(conversation, event);
	return visibleMessages(conversation);
}

/** Takes one event into the conversation, in constant time. */
export function converse(conversation: Conversation, event: AgentEvent): void {
	switch (event.type) {
		case "run.started":
			conversation.settings = event.settings;
			conversation.question = event.task ?? event.question;
			conversation.plan = event.plan ?? "";
			conversation.attached = event.attached ?? "";
			conversation.pictures = picturesIn(event.attachments ?? []);
			restart(conversation);
			return;
		case "attempt.started":
			if (event.carried !== undefined) conversation.carried.push(event.carried);
			if (event.attempt > 1) restart(conversation);
			return;
		case "turn.started":
			beginTurn(conversation, event);
			return;
		case "model.replied":
			reply(conversation, event);
			return;
		case "tool.returned":
			result(conversation, event);
			return;
		case "turn.rolled_back":
			dropTurn(conversation, event.turn);
			return;
		case "user.steered":
			conversation.steers.push(event.text);
			return;
		case "run.forked":
			if (event.followUp !== undefined) askFurther(conversation, event.followUp, event);
			return;
		default:
			return;
	}
}

/** The task as sent: question, format suffix, and what earlier attempts learned (spec §1.4, §1.10). */
function taskText(conversation: Conversation): string {
	const suffix = conversation.settings?.prompts.taskSuffix ?? "";
	return `${conversation.question}${planBlock(conversation.plan)}${attemptsBlock(conversation.carried)}${suffix && `\n${suffix}`}`.trim();
}

const planBlock = (plan: string): string =>
	plan && `\n\n=== Agreed before the start ===\n${plan}\n=== End of what was agreed ===`;

function attemptsBlock(carried: readonly string[]): string {
	if (carried.length === 0) return "";
	const attempts = carried.map((summary, index) => `[Attempt ${index + 1}]\n${summary}`).join("\n\n");
	return (
		"\n\n=== Previous Attempts Analysis ===\nEarlier attempts at this task ended without an answer. What they learned:\n\n" +
		`${attempts}\n=== End of Analysis ===\nUse what helps and take a different way than these attempts did.`
	);
}

/**
 * A further question comes after all that was said before, with the files it brings; the answer prompt names it from now
 * on. A run that was stopped ends in results: the question joins their message, so that roles alternate.
 */
function askFurther(
	conversation: Conversation,
	question: string,
	{ attached = "", attachments = [] }: AgentEventOf<"run.forked">,
): void {
	const pictures = picturesIn(attachments);
	conversation.question = question;
	conversation.plan = "";
	conversation.carried = [];
	conversation.purpose = "research";
	conversation.attached += attached;
	conversation.pictures = [...conversation.pictures, ...pictures];
	const { messages } = conversation;
	const text = `${taskText(conversation)}${attached}`;
	if (messages.at(-1)?.role !== "user") messages.push({ role: "user", kind: "task", content: text });
	else append(conversation, text);
	show(conversation, pictures);
}

/** Pictures go with the newest message, behind those it has. */
function show({ messages }: Conversation, pictures: readonly string[]): void {
	const last = messages.at(-1);
	if (pictures.length === 0 || last?.role !== "user") return;
	messages[messages.length - 1] = { ...last, pictures: [...(last.pictures ?? []), ...pictures] };
}

/** A new attempt forgets what the model did, not what a person said since the question. */
function restart(conversation: Conversation): void {
	const task = conversation.messages.findLastIndex((message) => message.role === "user" && message.kind === "task");
	takeBack(conversation, Math.max(0, task));
	const { attached, pictures } = conversation;
	conversation.messages = [
		{ role: "system", content: conversation.settings?.prompts.system ?? "" },
		{ role: "user", kind: "task", content: `${taskText(conversation)}${attached}` },
	];
	show(conversation, pictures);
	conversation.purpose = "research";
}

function beginTurn(conversation: Conversation, event: AgentEventOf<"turn.started">): void {
	conversation.purpose = event.purpose;
	if (event.purpose === "answer") askForAnswer(conversation);
	if (event.purpose === "failure_summary") askForFailureSummary(conversation);
	if (conversation.steers.length > 0) steer(conversation, conversation.steers.splice(0));
}

/**
 * Upstream drops the newest result so that roles alternate, then asks (spec §1.9, decision D15); our own rules keep the
 * result and put the question into the same message. Asked again, the prompt already stands last.
 */
function askForAnswer(conversation: Conversation): void {
	const { messages, settings } = conversation;
	const prompt = (settings?.prompts.answer ?? "").replace("{question}", () => conversation.question);
	const last = messages.at(-1);
	if (last?.role === "user" && (last.kind === "answer" || last.appended?.endsWith(prompt))) return;
	if (last?.role === "user" && last.kind === "results") {
		if (settings?.rules === "mirothinker") takeBack(conversation, messages.length - 1);
		else {
			append(conversation, prompt);
			return;
		}
	}
	messages.push({ role: "user", kind: "answer", content: prompt });
}

function askForFailureSummary(conversation: Conversation): void {
	const { messages, settings } = conversation;
	if (messages.at(-1)?.role === "user" && messages.length > 2) takeBack(conversation, messages.length - 1);
	messages.push({ role: "user", kind: "failure_summary", content: settings?.prompts.failureSummary ?? "" });
	const content = settings?.prompts.failurePrefill ?? "";
	if (content) messages.push({ role: "assistant", turn: 0, content, calls: [], prefill: true });
}

function append({ messages }: Conversation, text: string): void {
	const last = messages.at(-1);
	if (last?.role !== "user") messages.push({ role: "user", kind: "steer", content: text });
	else messages[messages.length - 1] = { ...last, appended: last.appended ? `${last.appended}\n\n${text}` : text };
}

function steer(conversation: Conversation, said: readonly string[]): void {
	append(conversation, said.join("\n\n"));
	const { messages } = conversation;
	const last = messages.at(-1);
	if (last?.role === "user") messages[messages.length - 1] = { ...last, steers: [...(last.steers ?? []), ...said] };
}

/** Takes the messages from an index on out of the conversation; what a person said in them waits for the next turn. */
function takeBack(conversation: Conversation, from: number): void {
	const taken = conversation.messages.splice(from);
	conversation.steers.unshift(...taken.flatMap((message) => (message.role === "user" ? (message.steers ?? []) : [])));
}

function reply(conversation: Conversation, event: AgentEventOf<"model.replied">): void {
	const { messages } = conversation;
	const last = messages.at(-1);
	const prefill = last?.role === "assistant" && last.prefill ? last.content : "";
	if (prefill) messages.pop();
	messages.push({
		role: "assistant",
		turn: event.turn,
		content: prefill + event.content,
		...(event.reasoning !== undefined && { reasoning: event.reasoning }),
		calls: event.calls,
	});
}

function result(conversation: Conversation, event: AgentEventOf<"tool.returned">): void {
	const { messages } = conversation;
	const last = messages.at(-1);
	const before = last?.role === "user" && last.kind === "results" && last.turn === event.turn ? last : undefined;
	const speaker = messages.at(before ? -2 : -1);
	const call = speaker?.role === "assistant" ? speaker.calls.find(({ id }) => id === event.callId) : undefined;
	const part = { callId: event.callId, name: call?.name ?? "", text: event.text };
	if (before) messages[messages.length - 1] = { ...before, results: [...before.results, part] };
	else messages.push({ role: "user", kind: "results", turn: event.turn, results: [part] });
}

/** A turn leaves with all that came after it: an overflow takes a pair back from under the prompt that did not fit. */
function dropTurn(conversation: Conversation, turn: number): void {
	const { messages } = conversation;
	let first = messages.length;
	for (let at = messages.length - 1; at >= 0; at--) {
		const message = messages[at];
		const made = message && "turn" in message && !("prefill" in message) ? message.turn : undefined;
		if (message?.role === "system" || (message?.role === "user" && message.kind === "task")) break;
		if (made !== undefined && made < turn) break;
		if (made === turn) first = at;
	}
	takeBack(conversation, first);
}

/** The messages as the model sees them: masked copies, same count, same roles; assistant messages untouched. */
export function visibleMessages(conversation: Conversation): Message[] {
	const { messages, settings } = conversation;
	let toMask = maskedUsers(conversation);
	if (toMask === 0) return [...messages];
	const perCall = settings?.protocol === "native";
	return messages.map((message) => {
		if (!mayMask(message)) return message;
		return toMask-- > 0 ? masked(message, perCall) : message;
	});
}

/** What a person wrote is never masked: neither the task nor what was said later. */
const mayMask = (message: Message): message is UserMessage =>
	message.role === "user" && message.kind !== "task" && message.kind !== "steer";

/** How many of the user messages that may be masked the next request masks. */
export function maskedUsers(conversation: Conversation): number {
	let users = 0;
	for (const message of conversation.messages) if (mayMask(message)) users++;
	return maskedIn(conversation.settings, conversation.purpose, users);
}

const maskedOnce = new WeakMap<Message, Message>();

/** The same object for the same message, so that serialised forms and hashes can be cached by identity. */
function masked(message: UserMessage, perCall: boolean): Message {
	const known = maskedOnce.get(message);
	if (known) return known;
	const made = maskOf(message, perCall);
	maskedOnce.set(message, made);
	return made;
}

/** The text protocol masks the whole message; native tool messages each keep their place, as the server demands. */
function maskOf(message: UserMessage, perCall: boolean): Message {
	if (message.kind !== "results") return { ...message, content: OMITTED };
	const results = perCall ? message.results : message.results.slice(0, 1);
	return { ...message, results: results.map((part) => ({ ...part, text: OMITTED })) };
}
