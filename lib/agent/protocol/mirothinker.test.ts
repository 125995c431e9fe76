import { describe, expect, test } from "vitest";
import { processorTime } from "../../../e2e/fixtures/processor-time";
import type { Message } from "../../trajectory/messages";
import type { ToolSpec } from "../../trajectory/settings";
import type { ModelReply } from "../model";
import { mirothinker } from "./mirothinker";

const replyOf = (content: string, more: Partial<ModelReply> = {}): ModelReply => ({
	content,
	calls: [],
	finish: "stop",
	ms: 1,
	...more,
});
const read = (content: string, tools: readonly ToolSpec[] = []) => mirothinker.read(replyOf(content), tools);
const callsOf = (content: string) => read(content).calls.map(({ server, name, args }) => ({ server, name, args }));

const block = (args: string, { server = "s", tool = "t" } = {}) =>
	`<use_mcp_tool>\n<server_name>${server}</server_name>\n<tool_name>${tool}</tool_name>\n<arguments>\n${args}\n</arguments>\n</use_mcp_tool>`;

describe("messages on the wire", () => {
	const wire = (message: Message) => mirothinker.toWire(message);

	test("all results of a turn are one user message, joined by a line break", () => {
		const results = [
			{ callId: "a", name: "t", text: "one" },
			{ callId: "b", name: "t", text: "two\n" },
		];
		expect(wire({ role: "user", kind: "results", turn: 1, results })).toEqual([
			{ role: "user", content: "one\ntwo\n" },
		]);
		expect(wire({ role: "user", kind: "results", turn: 1, results, appended: "answer now" })).toEqual([
			{ role: "user", content: "one\ntwo\n\n\nanswer now" },
		]);
		const asked = { appended: "and this?", pictures: ["h"] };
		expect(wire({ role: "user", kind: "results", turn: 1, results, ...asked })).toEqual([
			{
				role: "user",
				content: [
					{ type: "text", text: "one\ntwo\n\n\nand this?" },
					{ type: "image_url", image_url: { url: "sha256:h" } },
				],
			},
		]);
	});

	test("an assistant message goes back verbatim, thought and call included", () => {
		const content = `<think>\nwhy\n</think>\n\n${block("{}")}`;
		const calls = [{ id: "call_1", name: "t", args: {} }];
		expect(wire({ role: "assistant", turn: 1, content, calls })).toEqual([{ role: "assistant", content }]);
	});

	test("a thought the server split off goes back under both names", () => {
		expect(wire({ role: "assistant", turn: 1, content: "x", reasoning: "why", calls: [] })).toEqual([
			{ role: "assistant", content: "x", reasoning: "why", reasoning_content: "why" },
		]);
	});

	test("prompts are user messages, a prefill is an assistant message", () => {
		expect(wire({ role: "user", kind: "answer", content: "A?" })).toEqual([{ role: "user", content: "A?" }]);
		expect(wire({ role: "user", kind: "failure_summary", content: "F?" })).toEqual([{ role: "user", content: "F?" }]);
		expect(wire({ role: "user", kind: "task", content: "Q", appended: "and" })).toEqual([
			{ role: "user", content: "Q\n\nand" },
		]);
		const content = "<think>\nsum up\n</think>\n\n";
		expect(wire({ role: "assistant", turn: 0, content, calls: [], prefill: true })).toEqual([
			{ role: "assistant", content },
		]);
	});

	test("tools are in the system prompt, not in the body", () => {
		expect(mirothinker.wireTools([])).toBeUndefined();
	});
});

describe("reading calls: the reference's table", () => {
	test("P1 one block, names trimmed", () => {
		expect(callsOf(block('{"query": "AI news"}', { server: " my_mcp_server ", tool: " web_search\n" }))).toEqual([
			{ server: "my_mcp_server", name: "web_search", args: { query: "AI news" } },
		]);
	});

	test("P2 prose before the block", () => {
		const reply = read(`I will search.\n\n${block("{}")}`);
		expect(reply.calls).toHaveLength(1);
		expect(reply.visible).toBe("I will search.");
	});

	test("P3 two blocks, in order", () => {
		const text = `${block('{"a": 1}', { server: "server1", tool: "tool1" })}\n\n${block('{"b": 2}', { server: "server2", tool: "tool2" })}`;
		expect(callsOf(text)).toEqual([
			{ server: "server1", name: "tool1", args: { a: 1 } },
			{ server: "server2", name: "tool2", args: { b: 2 } },
		]);
	});

	test("P4 nested arguments on several lines", () => {
		const args = '{\n  "text": "hello",\n  "options": {\n    "nested": true,\n    "list": [1, 2]\n  }\n}';
		expect(callsOf(block(args))[0]?.args).toEqual({ text: "hello", options: { nested: true, list: [1, 2] } });
	});

	test("P5 empty object", () => {
		expect(callsOf(block("{}"))[0]?.args).toEqual({});
	});

	test("P6 and P10 a whole block without any blanks", () => {
		const text = block('{"k":"v"}').replaceAll("\n", "");
		expect(callsOf(text)).toEqual([{ server: "s", name: "t", args: { k: "v" } }]);
	});

	test.each([
		["P7 start tag alone", "<use_mcp_tool>\n"],
		["P8 start and server", "<use_mcp_tool>\n<server_name>my_server</server_name>\n"],
		["P9 unfinished arguments", block('{"query": "incomp').split("\n</arguments>")[0] ?? ""],
		["P11 no arguments", "<use_mcp_tool>\n<server_name>s</server_name>\n<tool_name>t</tool_name>\n</use_mcp_tool>"],
		["no closing block tag", block("{}").replace("</use_mcp_tool>", "")],
		["no closing arguments tag", block("{}").replace("</arguments>", "")],
		[
			"tags in another order",
			"<use_mcp_tool><tool_name>t</tool_name><server_name>s</server_name><arguments>{}</arguments></use_mcp_tool>",
		],
		["attributes", block("{}").replace("<use_mcp_tool>", '<use_mcp_tool name="x">')],
		["self-closing", "<use_mcp_tool/><server_name>s</server_name>"],
	])("%s is no call, and a format error", (_, text) => {
		expect(read(text)).toMatchObject({ calls: [], malformed: true });
	});

	test.each(["<use_mcp_tool>", "</use_mcp_tool>", "<server_name>", "</server_name>", "<arguments>", "</arguments>"])(
		"%s alone is a format error",
		(tag) => expect(read(`I write ${tag} here`).malformed).toBe(true),
	);

	test("a tool name alone is an answer, not a format error", () => {
		expect(read("<tool_name>google_search</tool_name>")).toMatchObject({ calls: [], malformed: false });
	});

	test("P12–P14 text that is not ASCII, escapes and HTML in arguments", () => {
		expect(callsOf(block('{"q": "你好世界 🎉"}'))[0]?.args).toEqual({ q: "你好世界 🎉" });
		expect(callsOf(block('{"code": "a\\nb"}'))[0]?.args).toEqual({ code: "a\nb" });
		expect(callsOf(block('{"html": "<div class=\\"x\\">a</div>"}'))[0]?.args).toEqual({
			html: '<div class="x">a</div>',
		});
	});

	test("text after the block is kept in the history and does nothing", () => {
		const text = `${block("{}")}\nNow I wait.`;
		expect(read(text)).toMatchObject({ content: text, calls: [{ name: "t" }], malformed: false });
	});

	test("a closing tag inside a string does not end the block", () => {
		expect(callsOf(block('{"q": "</arguments> in text"}'))[0]?.args).toEqual({ q: "</arguments> in text" });
	});

	test("keys with null are dropped", () => {
		expect(callsOf(block('{"q": "a", "location": null, "deep": {"x": null}}'))[0]?.args).toEqual({
			q: "a",
			deep: { x: null },
		});
	});

	test.each(["", "[1, 2]", '"text"', "5", "null"])("arguments %j are a parse failure", (args) => {
		expect(callsOf(block(args))[0]?.args).toEqual({ error: "Failed to parse arguments", raw: args });
	});

	test("calls of a server's parser come back as blocks", () => {
		const reply = mirothinker.read(
			replyOf("I search.", { calls: [{ id: "x", name: "t", server: "s", args: { q: "a" } }] }),
			[],
		);
		expect(reply.content).toBe(`I search.\n\n${block('{"q":"a"}')}`);
		expect(reply.calls).toEqual([{ id: "call_1", server: "s", name: "t", args: { q: "a" } }]);
	});
});

describe("calls in the think block", () => {
	test("are counted and not run", () => {
		const text = `<think>\nI could do\n${block("{}")}\n${block("{}")}\n</think>\n\nThe answer is 5.`;
		expect(read(text)).toMatchObject({ calls: [], callsInThink: 2, malformed: false, visible: "The answer is 5." });
	});

	test("do not hide the call that follows", () => {
		const text = `<think>\n${block('{"q": "no"}')}\n</think>\n\n${block('{"q": "yes"}')}`;
		expect(read(text)).toMatchObject({ calls: [{ args: { q: "yes" } }], callsInThink: 1 });
	});

	test("a block opened by the prompt hides its calls as well", () => {
		expect(read(`Maybe ${block("{}")}\n</think>\nDone.`)).toMatchObject({
			calls: [],
			callsInThink: 1,
			visible: "Done.",
		});
	});

	test("a thought that never closes and holds a call is a format error", () => {
		expect(read(`<think>\nI search.\n${block("{}")}`)).toMatchObject({
			calls: [],
			callsInThink: 1,
			malformed: true,
			visible: "",
		});
	});

	test("the same when the server split the thought off", () => {
		expect(mirothinker.read(replyOf("", { reasoning: block("{}") }), [])).toMatchObject({
			callsInThink: 1,
			malformed: true,
		});
	});

	test("control tags in the thought alone are no format error", () => {
		expect(read("<think>I write <use_mcp_tool> next</think>Four.")).toMatchObject({
			malformed: false,
			callsInThink: 0,
		});
	});

	test("a closing think tag in the arguments is text", () => {
		expect(callsOf(block('{"q": "what does </think> mean"}'))[0]?.args).toEqual({ q: "what does </think> mean" });
	});
});

describe("name repair", () => {
	const tool = (server: string, name: string): ToolSpec => ({ server, name, description: "d", schema: {} });
	const tools = [tool("tool-python", "run_python_code"), tool("web", "google_search"), tool("mine", "other")];

	test("puts the right server before a known tool, in calls and history", () => {
		const reply = read(block("{}", { server: "wrong", tool: "google_search" }), tools);
		expect(reply.calls[0]).toMatchObject({ server: "web", name: "google_search" });
		expect(reply.content).toBe(block("{}", { server: "web", tool: "google_search" }));
	});

	test("python and python_code are run_python_code, when there is such a tool", () => {
		expect(read(block("{}", { server: "x", tool: "python" }), tools).calls[0]).toMatchObject({
			server: "tool-python",
			name: "run_python_code",
		});
		expect(read(block("{}", { server: "x", tool: "python_code" }), tools).calls[0]?.name).toBe("run_python_code");
		expect(read(block("{}", { server: "x", tool: "python" }), []).calls[0]?.name).toBe("python");
	});

	test("a text that names the right server anywhere is left alone", () => {
		const text = `<think><server_name>web</server_name></think>${block("{}", { server: "wrong", tool: "google_search" })}`;
		expect(read(text, tools).calls[0]?.server).toBe("wrong");
	});

	test("other tools are left alone", () => {
		expect(read(block("{}", { server: "wrong", tool: "other" }), tools).calls[0]?.server).toBe("wrong");
	});

	test("two lists of tools do not disturb one another", () => {
		const text = block("{}", { server: "x", tool: "google_search" });
		expect(read(text, [tool("one", "google_search")]).calls[0]?.server).toBe("one");
		expect(read(text, [tool("two", "google_search")]).calls[0]?.server).toBe("two");
	});
});

describe("hostile text is read in linear time", () => {
	const n = 40_000;
	test.each([
		["start tags", "<use_mcp_tool>".repeat(n)],
		["heads", "<use_mcp_tool><server_name>".repeat(n)],
		["heads and servers", "<use_mcp_tool><server_name>a</server_name><tool_name>".repeat(n)],
		[
			"everything but the end",
			block("{}")
				.replace("</use_mcp_tool>", "")
				.repeat(n / 10),
		],
		["blanks", `<use_mcp_tool>${" ".repeat(n * 10)}`.repeat(4)],
		["think tags", "<think>\n</think>\n".repeat(n)],
		["call tags in thoughts", "\n<think>\n<tool_call>".repeat(n)],
	])("%s", (_, text) => {
		const since = processorTime();
		read(text);
		expect(processorTime() - since).toBeLessThan(1500);
	});
});
