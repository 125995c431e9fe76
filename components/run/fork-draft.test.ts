import { expect, test } from "vitest";
import { type ForkDraft, type ForkOriginal, forkOf, readArguments } from "./fork-draft";

const schema = {
	type: "object",
	properties: { q: { type: "string", description: "What to look for" }, n: { type: "integer" } },
	required: ["q"],
};
const original: ForkOriginal = {
	call: 12,
	schema,
	thought: "Look there.",
	args: '{"q": "depth"}',
	result: "12 m",
	preset: "generic",
	model: "m",
	calls: "25",
	retention: "same",
	onlySites: "example.org",
	neverSites: "",
};
const draft = (part: Partial<ForkDraft>): ForkDraft => ({ ...original, mode: "reply", ...part });

test("only what differs is sent, and a call that acts anew is not kept", () => {
	expect(forkOf(draft({ args: '{ "q":"depth" }' }), original)).toEqual({
		ok: true,
		input: { kind: "from_call", call: 12, calls: 25 },
		changes: [],
		keeps: 12,
	});
	expect(forkOf(draft({ args: '{"q": "length"}', thought: "No." }), original)).toMatchObject({
		input: { thought: "No.", args: { q: "length" } },
		changes: ["thought", "arguments"],
		keeps: 11,
	});
	const edited = forkOf(draft({ mode: "result", result: "13 m", args: "not looked at" }), original);
	expect(edited).toMatchObject({ input: { result: "13 m" }, changes: ["result"], keeps: 11 });
	expect(edited).not.toHaveProperty("input.args");
	expect(forkOf(draft({ mode: "settings", retention: "3", model: "other" }), original)).toMatchObject({
		input: { model: "other", retention: { policy: "keep-last", k: 3 } },
		changes: ["settings"],
		keeps: 12,
	});
});

test.each([
	["{", { kind: "notJson" }],
	["[1]", { kind: "notObject" }],
	["{}", { kind: "missing", name: "q" }],
	['{"q": 1}', { kind: "type", name: "q", type: "string" }],
	['{"q": "a", "n": 1.5}', { kind: "type", name: "n", type: "integer" }],
	['{"q": "a", "x": 1}', { kind: "unknown", name: "x", known: "q, n" }],
])("arguments %s are refused beside their field", (text, problem) => {
	expect(readArguments(text, schema)).toMatchObject({ ok: false, field: "args", ...problem });
});

test.each(["0", "1.5", "", "50001", "many"])("a budget of %s calls is refused", (calls) => {
	expect(forkOf(draft({ calls }), original)).toMatchObject({ ok: false, field: "calls" });
});
