import { describe, expect, test } from "vitest";
import { makeTrajectory } from "../../e2e/fixtures/trajectory";
import { callMarks } from "../../lib/trajectory/call-marks";
import { toolKindOf } from "../../lib/trajectory/tool-kind";
import { viewOf } from "../../lib/trajectory/view";
import { activityOf } from "./activity";
import { placeOf, queryOf, rowOfPlace } from "./place";
import { addressLabel, argumentLine, callAt, hostLabel, rowOfCall, rowSources } from "./row-facts";
import { chipsOf, filterRows, NO_FILTER } from "./row-filter";

const { rows, calls, line, rollbacks, remarks } = viewOf(makeTrajectory({ calls: 300, seed: 11 }));

const context = { marks: callMarks(rows), remarks };

describe("chips and filters", () => {
	const chips = chipsOf(rows);
	const count = (kind: string) => chips.filter((chip) => chip.kind === kind).reduce((sum, chip) => sum + chip.count, 0);

	test("count every kept call once, every error, every rollback", () => {
		expect(count("tool")).toBe(calls);
		expect(count("errors")).toBe(line.errors.length);
		expect(count("rolledBack")).toBe(rollbacks);
	});

	test("show exactly as many rows as the chip says; none shows all", () => {
		expect(filterRows(rows, NO_FILTER, context)).toBeUndefined();
		for (const chip of chips) expect(filterRows(rows, { chips: [chip.key] }, context)).toHaveLength(chip.count);
	});
});

describe("places", () => {
	test("a query leads to its row and back, for calls and for rows without a number", () => {
		rows.forEach((row, index) => {
			const query = Object.fromEntries(new URLSearchParams(queryOf({ tab: "sources", row, at: 7 })));
			expect(rowOfPlace(rows, placeOf(query))).toBe(index);
			expect(placeOf(query)).toMatchObject({ tab: "sources", at: 7 });
		});
	});

	test("nonsense in the address means the beginning", () => {
		expect(placeOf({ call: "-3", row: ["1", "2"], tab: "nowhere" })).toEqual({ tab: "timeline" });
		expect(queryOf({ tab: "timeline" })).toBe("");
	});

	test("a row without a number stands at the kept call before it", () => {
		const index = rows.findIndex((row) => "rolledBack" in row);
		const before = callAt(rows, index);
		expect(rowOfCall(rows, before)).toBeLessThan(index);
		expect(rowOfCall(rows, before + 1)).toBeGreaterThan(index);
	});
});

describe("what a row says", () => {
	const call = (args: Record<string, unknown>) => argumentLine({ id: "1", name: "t", args });

	test("the query, the address without its scheme, one line of code, or the arguments", () => {
		expect(call({ q: "wire", num: 10 })).toBe('"wire"');
		expect(call({ q: 'said "so"' })).toBe('said "so"');
		expect(call({ url: "https://www.a.example/b%20c/" })).toBe("a.example/b c");
		expect(call({ code: "a = 1\n  b = 2" })).toBe("a = 1; b = 2");
		expect(call({ station: 7, deep: { er: true } })).toBe('station: 7, deep: {"er":true}');
		expect(addressLabel("https://a.example/%E0%A4%A")).toBe("a.example/%E0%A4%A");
	});

	test.each([
		["https://bank.example%2F@evil.example/x", "evil.example", "evil.example/x"],
		["https://bank.example@evil.example/x", "evil.example", "evil.example/x"],
		["https://аpple.com/", "xn--pple-43d.com", "xn--pple-43d.com"],
		["https://evil.example/%E2%80%AEgpj.exe", "evil.example", "evil.example/%E2%80%AEgpj.exe"],
		["https://evil.example/a%0D%0Ab", "evil.example", "evil.example/a%0D%0Ab"],
	])("B064: the host that %s leads to stands first", (url, host, label) => {
		expect([hostLabel(url), addressLabel(url)]).toEqual([host, label]);
	});

	test("B071: a tool by a name that every object knows is one of the others", () => {
		for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"])
			expect(toolKindOf(name)).toBe("other");
	});

	test("sources one a host, new ones first, the rest counted", () => {
		const source = (url: string, firstSeen: boolean) => ({ url, title: "", opened: false, firstSeen });
		const four = [
			source("https://a.example/1", false),
			source("https://b.example/1", false),
			source("https://a.example/2", true),
			source("https://c.example/1", true),
		];
		const { shown, more } = rowSources(four, 2);
		expect(shown.map(({ url }) => url)).toEqual(["https://a.example/2", "https://c.example/1"]);
		expect(more).toBe(1);
	});
});

describe("what a run does right now", () => {
	const writing = viewOf(makeTrajectory({ calls: 4, seed: 3, live: "writing" }));
	const turn = writing.rows.findLast((row) => row.kind === "open")?.turn ?? 0;
	const live = { turn, reasoning: "", text: "", call: "" };
	const now = (written: Partial<typeof live>) => activityOf({ rows: writing.rows, live: { ...live, ...written } }).kind;

	test("follows the text that is being written", () => {
		expect(now({})).toBe("asking");
		expect(now({ reasoning: "why" })).toBe("thinking");
		expect(now({ text: "<think>why" })).toBe("thinking");
		expect(now({ text: "So" })).toBe("textWriting");
		expect(now({ reasoning: "why", call: "{" })).toBe("callWriting");
		expect(activityOf({ rows: [], live: undefined }).kind).toBe("starting");
	});

	test("names the tool that runs", () => {
		const { rows: calling } = viewOf(makeTrajectory({ calls: 4, seed: 3, live: "calling" }));
		expect(activityOf({ rows: calling, live: undefined }).kind).toBe("calling");
	});

	test("says that a failed request is tried again until something is written", () => {
		const fault = { seq: 1, fault: "busy", message: "503", retryAt: 5 } as const;
		const failed = writing.rows.map((row) => (row.kind === "open" ? { ...row, faults: [fault] } : row));
		expect(activityOf({ rows: failed, live })).toEqual({ kind: "retry", fault });
		expect(activityOf({ rows: failed, live: { ...live, reasoning: "why" } }).kind).toBe("thinking");
	});
});
