import { afterAll, beforeAll, expect, test } from "vitest";
import { endedRun, openSearchBench, searchedRun } from "../../e2e/fixtures/search-bench";
import type { ForkInput } from "../trajectory/fork";
import { forkRun } from "./fork";

let bench: Awaited<ReturnType<typeof openSearchBench>>;
beforeAll(async () => {
	bench = await openSearchBench();
});
afterAll(() => bench.close());

test("a fork within the same bounds is answered from what its parent found, one within others is not", async () => {
	const parent = await searchedRun({ onlySites: ["sea.example"] });
	const asked = bench.serper.asked.length;
	const fork = async (change: Partial<ForkInput>) => {
		const made = await forkRun(parent.runId, { kind: "from_call", call: 2, calls: 1, ...change } as ForkInput);
		const { events } = await endedRun(made.ok ? (made.runIds[0] ?? "") : "");
		const at = events.findIndex(({ type }) => type === "run.forked");
		return { started: events[0], first: events.slice(at).find((event) => event.type === "tool.returned") };
	};
	const same = await fork({ args: { q: "depth" } });
	expect(same.first).toMatchObject({ summary: "1 result (as before in this run)" });
	expect(bench.serper.asked.slice(asked).map(({ body }) => body)).toEqual([expect.objectContaining({ page: 2 })]);
	const other = await fork({ args: { q: "depth" }, onlySites: ["river.example"], neverSites: ["x.example"] });
	expect(other.started).toMatchObject({ settings: { sites: { only: ["river.example"], never: ["x.example"] } } });
	expect(other.first).toMatchObject({ status: "empty" });
	expect(bench.serper.asked[asked + 1]?.body).toMatchObject({ q: "depth site:river.example", page: 1 });
}, 20_000);
