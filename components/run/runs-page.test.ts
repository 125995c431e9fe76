import { expect, test } from "vitest";
import { emptyMarks } from "@/lib/trajectory/line-marks";
import type { RunSummary } from "@/lib/trajectory/packet";
import { addressOf, filterOf, type RunsPage, refreshed, refreshLimit } from "./runs-page";

const run = (createdAt: number, state: RunSummary["state"] = "ended"): RunSummary => ({
	id: `run-${createdAt}`,
	title: "",
	question: "",
	preset: "generic",
	model: "",
	answerMode: "report",
	state,
	detail: "",
	calls: 0,
	budget: 1,
	turns: 0,
	sources: 0,
	createdAt,
	line: emptyMarks(),
	tags: [],
	archived: false,
	notes: 0,
});
const page = (...runs: RunSummary[]): RunsPage => ({ runs, matching: 9, total: 9, going: 1 });
const births = ({ runs }: RunsPage) => runs.map(({ createdAt }) => createdAt);

test("a page is looked at again down to the last run that goes on, and never beyond the limit of the door", () => {
	expect(refreshLimit([run(3), run(2), run(1)], 2)).toBe(2);
	expect(refreshLimit([run(4), run(3, "running"), run(2, "waiting"), run(1)], 2)).toBe(3);
	const many = Array.from({ length: 600 }, (_, n) => run(600 - n, "running"));
	expect(refreshLimit(many, 30)).toBe(500);
});

test("a new run comes in front, what lies deeper than the look stays, nothing stands twice", () => {
	const old = page(run(3, "running"), run(2), run(1));
	const after = refreshed(old, page(run(4, "running"), run(3)), 2);
	expect(births(after)).toEqual([4, 3, 2, 1]);
	expect(after.runs[1]?.state).toBe("ended");
});

test("a run that no longer matches the filter goes when the look reached the end of the list", () => {
	expect(births(refreshed(page(run(3), run(2)), page(run(3)), 2))).toEqual([3]);
	expect(births(refreshed(page(run(3)), page(), 30))).toEqual([]);
});

test("an address holds the filter and leads back to it; what means nothing is left out", () => {
	const filter = { search: "a & b", state: "failed", tag: "sea history", marks: "good", archived: true } as const;
	const address = addressOf(filter);
	expect(filterOf(Object.fromEntries(new URLSearchParams(address.split("?")[1])))).toEqual(filter);
	expect(addressOf({ search: "", state: "any" })).toBe("/runs");
	expect(filterOf({ q: ["x"], marks: "great", archived: "yes" })).toEqual({ search: "", state: "" });
});
