import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testSettings } from "../../e2e/fixtures/run";
import { attachmentsOf } from "./asking";
import { collectionsUpTo } from "./attachments";
import { type AgentEvent, type AgentEventOf, type Attachment, agentEventSchema, type RunEvent } from "./event";
import { converse, emptyConversation, messagesOf, visibleMessages } from "./messages";
import { bodyOf, slim } from "./packet";
import { viewOf } from "./view";

const file = (n: number, more: Partial<Attachment> = {}): Attachment => ({
	id: `00000000-0000-4000-8000-00000000000${n}`,
	name: `${n}.md`,
	type: "text/markdown",
	bytes: 4,
	hash: `hash${n}`,
	chars: 4,
	...more,
});
const picture = (n: number) => file(n, { name: `${n}.png`, type: "image/png", chars: 0, shown: true });

const usage = { inputTokens: 1, outputTokens: 1 };
const parent = { runId: "parent", seq: 5 };
const started: AgentEventOf<"run.started"> = {
	type: "run.started",
	version: 1,
	question: "How deep is it?",
	settings: testSettings(),
	attachments: [file(1), picture(2)],
	attached: "\n\nFIRST FILES",
};
const turn = { type: "turn.started", turn: 1, purpose: "research" } as const;
const reply: AgentEventOf<"model.replied"> = {
	type: "model.replied",
	turn: 1,
	content: "41 m",
	calls: [],
	finish: "stop",
	usage,
	ms: 1,
};
const calling: AgentEvent = { ...reply, calls: [{ id: "c", name: "web_search", args: { q: "depth" } }] };
const result: AgentEvent = {
	type: "tool.returned",
	turn: 1,
	callId: "c",
	status: "ok",
	text: "RESULT",
	summary: "",
	sources: [],
	ms: 1,
};
const bare: AgentEventOf<"run.forked"> = {
	type: "run.forked",
	parent,
	changes: ["follow_up"],
	followUp: "And how wide?",
};
const further = { ...bare, attachments: [file(3), picture(4)], attached: "\n\nFURTHER FILES" };
const restart: AgentEvent = { type: "attempt.started", attempt: 2, carried: "learned" };

const stamped = (events: readonly AgentEvent[]): RunEvent[] =>
	events.map((event, at) => ({ ...event, runId: "r", seq: at + 1, at: at + 1 }));

describe("files of a further question", () => {
	test("an event stored before there were any is read as it is, and one with files keeps them", () => {
		const old = '{"type":"run.forked","parent":{"runId":"p","seq":5},"changes":["follow_up"],"followUp":"And then?"}';
		const read = agentEventSchema.parse(JSON.parse(old));
		expect(read).toEqual(JSON.parse(old));
		expect(attachmentsOf([read])).toEqual([]);
		expect(messagesOf([started, turn, reply, read]).at(-1)).toEqual({
			role: "user",
			kind: "task",
			content: "And then?",
		});
		expect(agentEventSchema.parse(JSON.parse(JSON.stringify(further)))).toEqual(further);
	});

	test("are told, and shown, with its own message; the first message stays as it was sent", () => {
		const before = messagesOf([started, turn, reply]);
		const messages = messagesOf([started, turn, reply, further]);
		expect(messages.slice(0, -1)).toEqual(before);
		expect(messages.at(-1)).toEqual({
			role: "user",
			kind: "task",
			content: "And how wide?\n\nFURTHER FILES",
			pictures: ["hash4"],
		});
	});

	test("go with the results that a stopped run ends in", () => {
		const messages = messagesOf([started, turn, calling, result, further]);
		expect(messages.at(-1)).toMatchObject({
			kind: "results",
			appended: "And how wide?\n\nFURTHER FILES",
			pictures: ["hash4"],
		});
		const stopped = messagesOf([started, further]);
		expect(stopped.at(-1)).toMatchObject({ kind: "task", pictures: ["hash2", "hash4"] });
	});

	test("are told again with the first ones in a new attempt", () => {
		const messages = messagesOf([started, turn, reply, further, { ...turn, turn: 2 }, restart]);
		expect(messages).toHaveLength(2);
		expect(messages[1]).toMatchObject({
			content: expect.stringMatching(/^And how wide\?[\s\S]*learned[\s\S]*\n\nFIRST FILES\n\nFURTHER FILES$/),
			pictures: ["hash2", "hash4"],
		});
	});

	test("what was sent at any cursor stays the fold of that prefix, whatever comes after it", () => {
		const some = fc.constantFrom<AgentEvent>(further, bare, turn, reply, calling, result, restart, {
			type: "user.steered",
			text: "in metres",
		});
		fc.assert(
			fc.property(fc.array(some, { maxLength: 14 }), (said) => {
				const conversation = emptyConversation();
				const events: AgentEvent[] = [started, ...said];
				const sent = events.map((event) => {
					converse(conversation, event);
					return visibleMessages(conversation);
				});
				expect(sent).toEqual(events.map((_, at) => messagesOf(events.slice(0, at + 1))));
			}),
		);
	});

	test("stand with their question in the thread, and those before with theirs", () => {
		const view = viewOf(stamped([started, turn, reply, further]));
		expect(view.attachments).toEqual(further.attachments);
		expect(view.thread).toMatchObject([{ question: "How deep is it?", attachments: started.attachments }]);
		expect(view.rows.at(-1)).toMatchObject({ kind: "fork", attachments: further.attachments });
		const next = viewOf(stamped([started, turn, reply, further, { ...turn, turn: 2 }, { ...reply, turn: 2 }, bare]));
		expect(next).not.toHaveProperty("attachments");
		expect(next.thread.map(({ attachments }) => attachments)).toEqual([started.attachments, further.attachments]);
	});

	test("their texts are the event's body and leave a slim event", () => {
		const [event] = stamped([further]);
		expect(event && bodyOf(event)).toBe("\n\nFURTHER FILES");
		expect(event && slim(event)).toEqual({
			...bare,
			attachments: further.attachments,
			runId: "r",
			seq: 1,
			at: 1,
			cut: 15,
		});
	});

	test("their collection is not read by a fork from before they came", () => {
		const events = stamped([started, turn, reply, bare, further, { ...further, attachments: [picture(4)] }]);
		const collections = ["docs", "run:a", "run:b"];
		expect(collectionsUpTo(collections, events, 6)).toEqual(collections);
		expect(collectionsUpTo(collections, events, 5)).toEqual(collections);
		expect(collectionsUpTo(collections, events, 4)).toEqual(["docs", "run:a"]);
	});
});
