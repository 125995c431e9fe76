import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { WireMessage, WireRequest } from "./model";
import { RequestHasher } from "./request-hash";

const plain = (request: WireRequest) =>
	createHash("sha256")
		.update(canonicalize(request) ?? "")
		.digest("hex");

const message = fc.record({ role: fc.constantFrom("user" as const, "system" as const), content: fc.string() });

test("the incremental hash equals SHA-256 over RFC 8785 JSON, whatever is appended, replaced or taken back", () => {
	const edits = fc.array(fc.tuple(fc.nat(200), fc.array(message, { maxLength: 4 })), { minLength: 1, maxLength: 30 });
	fc.assert(
		fc.property(edits, fc.boolean(), (steps, withTools) => {
			const hasher = new RequestHasher();
			let messages: WireMessage[] = [];
			const tools: WireRequest["tools"] = withTools
				? [{ type: "function", function: { name: "t", description: "d", parameters: { type: "object" } } }]
				: undefined;
			for (const [keep, added] of steps) {
				messages = [...messages.slice(0, keep), ...added];
				const request = { messages, params: { temperature: 1, top_p: 0.95 }, ...(tools && { tools }) };
				expect(hasher.hash(request)).toBe(plain(request));
			}
		}),
		{ numRuns: 200 },
	);
});

test("a masked message in a long history is found again behind the kept states", () => {
	const hasher = new RequestHasher();
	let messages: WireMessage[] = [];
	for (let turn = 0; turn < 300; turn++) {
		messages = [...messages, { role: "user", content: `question ${turn}` }];
		if (turn > 20) messages[turn - 20] = { role: "user", content: "masked" };
		if (turn % 97 === 0 && turn > 0) messages[3] = { role: "user", content: `changed early ${turn}` };
		const request = { messages, params: {} };
		expect(hasher.hash(request)).toBe(plain(request));
	}
});
