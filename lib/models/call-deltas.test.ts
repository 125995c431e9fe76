import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../../e2e/fixtures/asking";
import { serveWeb, type WebServer } from "../../e2e/fixtures/web-server";

type Delta = { index?: number; id?: string | null; name?: string | null; args?: string | null };

/** What the server streams next. */
let deltas: Delta[][] = [];
let server: WebServer;

const chunk = (delta: object, finish: string | null = null) =>
	`data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

beforeAll(async () => {
	server = await serveWeb((_, response) => {
		response.writeHead(200, { "content-type": "text/event-stream" });
		for (const calls of deltas) {
			const tool_calls = calls.map(({ index, id, name, args }) => ({
				...(index !== undefined && { index }),
				...(id !== undefined && { id }),
				type: "function",
				function: { ...(name !== undefined && { name }), ...(args !== undefined && { arguments: args }) },
			}));
			response.write(chunk({ tool_calls }));
		}
		response.end(`${chunk({}, "tool_calls")}data: [DONE]\n\n`);
	});
});
afterAll(() => server.close());

const search = '{"q":"tide"}';
const read = '{"url":"x"}';

const CASES: [string, Delta[][]][] = [
	[
		"ids that are twice the same",
		[[{ index: 0, id: "a", name: "search", args: search }], [{ index: 1, id: "a", name: "read", args: read }]],
	],
	["no ids at all", [[{ index: 0, name: "search", args: search }], [{ index: 1, name: "read", args: read }]]],
	[
		"empty ids",
		[[{ index: 0, id: "", name: "search", args: search }], [{ index: 1, id: "", name: "read", args: read }]],
	],
	[
		"numbers with gaps",
		[[{ index: 3, id: "a", name: "search", args: search }], [{ index: 900, id: "b", name: "read", args: read }]],
	],
	[
		"numbers that count down",
		[[{ index: 1, id: "a", name: "search", args: search }], [{ index: 0, id: "b", name: "read", args: read }]],
	],
	[
		"pieces by turns",
		[
			[{ index: 0, id: "a", name: "search", args: "" }],
			[{ index: 1, id: "b", name: "read", args: "" }],
			[{ index: 0, args: '{"q":' }],
			[{ index: 1, args: '{"url":' }],
			[{ index: 0, args: '"tide"}' }],
			[{ index: 1, args: '"x"}' }],
		],
	],
	[
		"the name in every piece",
		[
			[{ index: 0, id: "a", name: "search", args: '{"q":' }],
			[{ index: 0, id: "a", name: "search", args: '"tide"}' }],
			[{ index: 1, id: "b", name: "read", args: read }],
		],
	],
	[
		"both in one piece",
		[
			[
				{ index: 0, id: "a", name: "search", args: search },
				{ index: 1, id: "b", name: "read", args: read },
			],
		],
	],
	[
		"ids that every object knows",
		[
			[{ index: 0, id: "__proto__", name: "search", args: search }],
			[{ index: 1, id: "constructor", name: "read", args: read }],
		],
	],
	["no numbers", [[{ id: "a", name: "search", args: search }], [{ id: "b", name: "read", args: read }]]],
	[
		"nothing where arguments would be",
		[
			[{ index: 0, id: "a", name: "search", args: null }],
			[{ index: 0, args: search }],
			[{ index: 1, id: "b", name: "read", args: read }],
		],
	],
];

describe("B073: a reply's calls come with", () => {
	test.each(CASES)("%s", async (_, streamed) => {
		deltas = streamed;
		const { reply } = await ask(server.url);
		expect(reply.calls.map(({ name, args }) => ({ name, args })).sort((a, b) => b.name.localeCompare(a.name))).toEqual([
			{ name: "search", args: { q: "tide" } },
			{ name: "read", args: { url: "x" } },
		]);
		expect(new Set(reply.calls.map(({ id }) => id)).size).toBe(2);
	});
});
