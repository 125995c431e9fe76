import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { testData } from "../../../e2e/test-data";
import type { ModelDelta, ModelReply } from "../model";
import { PARSE_FAILURE, withoutNulls } from "./arguments";
import { mirothinker } from "./mirothinker";

type Call = { server: string; tool: string; arguments: unknown };
type Case = { id: string; input: string; expected_calls: Call[]; expected_text_before: string };
type StreamCase = {
	id: string;
	chunks: string[] | null;
	input: string | null;
	case: string;
	expected: { content: string | null; calls: { name: string; arguments: Record<string, unknown> }[] };
};

const rows = <T>(path: string | undefined): T[] =>
	path === undefined
		? []
		: readFileSync(path, "utf8")
				.trim()
				.split("\n")
				.map((line): T => JSON.parse(line));

const wholePath = testData("toolcall-cases/mirothinker_xml.jsonl");
const streamPath = testData("toolcall-cases/mirothinker_xml_stream.jsonl");
const cases = rows<Case>(wholePath);
const streamCases = rows<StreamCase>(streamPath);

/** Upstream's repair finds a list here; a list is no object, hence a parse failure (decision D23). */
const NO_OBJECT = ["mt/030", "mt/110"];

const replyOf = (content: string): ModelReply => ({ content, calls: [], finish: "stop", ms: 1 });

/** What a case expects of us: null-valued arguments are dropped, and arguments that are no object say so. */
function expected(one: Case): Call[] {
	return one.expected_calls.map((call) => {
		if (!NO_OBJECT.includes(one.id)) return call;
		expect(Array.isArray(call.arguments), `${one.id} expects a list`).toBe(true);
		return { ...call, arguments: expect.objectContaining({ error: PARSE_FAILURE }) };
	});
}

const callsIn = (text: string): Call[] =>
	mirothinker
		.read(replyOf(text), [])
		.calls.map(({ server = "", name, args }) => ({ server, tool: name, arguments: args }));

/** The pieces of a stream, neighbours of one kind joined: what the screen shows in the end. */
function sorted(chunks: readonly string[]): ModelDelta[] {
	const sorter = mirothinker.sorter();
	const joined: ModelDelta[] = [];
	const pieces = chunks.flatMap((text) => sorter.push({ part: "text", text }));
	for (const { part, text } of [...pieces, ...sorter.end()]) {
		const last = joined.at(-1);
		if (last?.part === part) last.text += text;
		else joined.push({ part, text });
	}
	return joined;
}

const callText = (pieces: readonly ModelDelta[]): string =>
	pieces
		.filter(({ part }) => part === "call")
		.map(({ text }) => text)
		.join("\n");

/** A seeded sequence (mulberry32), so that a failing split can be seen again. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

function randomSplit(text: string, next: () => number): string[] {
	const chunks: string[] = [];
	const longest = 1 + Math.floor(next() * 40);
	for (let at = 0; at < text.length; ) {
		const length = 1 + Math.floor(next() * longest);
		chunks.push(text.slice(at, at + length));
		at += length;
	}
	return chunks;
}

const failing = (check: (one: Case) => boolean): string[] => cases.filter((one) => !check(one)).map(({ id }) => id);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

describe.skipIf(wholePath === undefined)("mirothinker_xml.jsonl (needs SOUNDINGS_TEST_DATA)", () => {
	test("all calls are as expected", async ({ annotate }) => {
		const wrong = failing((one) => callsIn(one.input).length === one.expected_calls.length);
		await annotate(`${cases.length - wrong.length} of ${cases.length} replies with the expected number of calls`);
		expect([wrong, cases.length]).toEqual([[], 179]);
	});

	test.each(cases.map((one) => [one.id, one] as const))("%s: calls as upstream reads them", (_, one) => {
		expect(callsIn(one.input)).toEqual(expected(one));
	});

	test.each(cases.map((one) => [one.id, one] as const))("%s: nothing of the text is lost", (_, one) => {
		expect(mirothinker.read(replyOf(one.input), []).content).toBe(one.input);
	});

	const plain = cases.filter(
		({ expected_calls, input }) => expected_calls.length === 0 && !input.includes("<use_mcp_tool>"),
	);
	test.each(plain.map((one) => [one.id, one] as const))("%s: a text without a call is shown as it is", (_, one) => {
		const reply = mirothinker.read(replyOf(one.input), []);
		expect(reply.malformed).toBe(false);
		expect(reply.visible).toBe(one.expected_text_before.split("</think>").at(-1)?.trim());
	});

	test("the sorter's calls are the reader's", () => {
		expect(failing(({ input }) => same(callsIn(callText(sorted([input]))), callsIn(input)))).toEqual([]);
	});

	test("by character: the same pieces", () => {
		expect(failing(({ input }) => same(sorted(input.split("")), sorted([input])))).toEqual([]);
	});

	test("at every cut in two: the same pieces", () => {
		const wrong = failing(({ input }) => {
			const whole = JSON.stringify(sorted([input]));
			for (let at = 1; at < input.length; at++) {
				if (JSON.stringify(sorted([input.slice(0, at), input.slice(at)])) !== whole) return false;
			}
			return true;
		});
		expect(wrong).toEqual([]);
	});

	test("at 200 random cuts in many: the same pieces", () => {
		const next = random(20_260_101);
		const wrong = failing(({ input }) => {
			const whole = JSON.stringify(sorted([input]));
			for (let time = 0; time < 200; time++)
				if (!same(sorted(randomSplit(input, next)), JSON.parse(whole))) return false;
			return true;
		});
		expect(wrong).toEqual([]);
	});
});

describe.skipIf(streamPath === undefined)("mirothinker_xml_stream.jsonl (needs SOUNDINGS_TEST_DATA)", () => {
	test("the file is whole", async ({ annotate }) => {
		await annotate(`${streamCases.length} streams`);
		expect(streamCases).toHaveLength(48);
	});

	test.each(streamCases.map((one) => [one.id, one] as const))(
		"%s",
		(_, { case: of, chunks, input, expected: { calls } }) => {
			const pieces = sorted(chunks ?? (input ?? "").split(""));
			const text = (chunks ?? [input]).join("");
			const read = callsIn(callText(pieces)).map(({ tool, arguments: args }) => ({ name: tool, arguments: args }));
			const wanted = calls.map(({ name, arguments: args }) => ({
				name,
				arguments: NO_OBJECT.includes(of) ? expect.objectContaining({ error: PARSE_FAILURE }) : withoutNulls(args),
			}));
			expect(read).toEqual(wanted);
			expect(pieces).toEqual(sorted([text]));
		},
	);
});
