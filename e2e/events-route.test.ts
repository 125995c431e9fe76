import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as getEvents } from "../app/api/runs/[id]/events/route";
import { GET as getRun } from "../app/api/runs/[id]/route";
import { closeStore } from "../lib/db/client";
import { appendEvents } from "../lib/db/events";
import { createRun } from "../lib/db/runs";
import { summaryOf } from "../lib/trajectory/summary";
import { viewOf } from "../lib/trajectory/view";
import { makeTrajectory } from "./fixtures/trajectory";

const folder = mkdtempSync(join(tmpdir(), "soundings-routes-"));
const events = makeTrajectory({ calls: 60, seed: 3 });
const params = Promise.resolve({ id: "run-made" });

/** Everything but the last event: the run is still going on. */
beforeAll(async () => {
	process.env.DATA_DIR = folder;
	const [started, ...rest] = events;
	if (started?.type !== "run.started") throw new Error("The fixture does not start.");
	await createRun(summaryOf(viewOf([started]), started.at), started);
	await appendEvents("run-made", 1, rest.slice(0, -1));
});
afterAll(() => {
	closeStore();
	rmSync(folder, { recursive: true });
});

const ask = (id: string | undefined) =>
	getEvents(new Request("http://127.0.0.1/api", { ...(id !== undefined && { headers: { "last-event-id": id } }) }), {
		params,
	});

/** Reads until `count` events have come, then leaves. */
async function idsOf(response: Response, count: number): Promise<number[]> {
	const ids: number[] = [];
	const text = new TextDecoder();
	let rest = "";
	for await (const bytes of response.body ?? []) {
		rest += text.decode(bytes, { stream: true });
		const frames = rest.split("\n\n");
		rest = frames.pop() ?? "";
		for (const frame of frames) {
			const { id, seq } = /^id: (?<id>\d+)\ndata: \{.*"seq":(?<seq>\d+)/.exec(frame)?.groups ?? {};
			expect(id).toBe(seq);
			ids.push(Number(id));
		}
		if (ids.length >= count) break;
	}
	return ids;
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

test("B111 REC-03: events come from the one after Last-Event-ID; garbage means from the beginning", async () => {
	const stored = events.length - 1;
	expect(await idsOf(await ask(undefined), stored)).toEqual(from(1, stored));
	expect(await idsOf(await ask("250"), stored - 250)).toEqual(from(251, stored));
	for (const garbage of ["-4", "1e3", "zwölf", "9".repeat(30), "2.5", ""]) {
		expect((await idsOf(await ask(garbage.normalize("NFKD").replace(/[^\x20-\x7e]/g, "")), 1))[0]).toBe(1);
	}
});

test("the stream goes on while the run does, and ends with it", async () => {
	const response = await ask(String(events.length - 2));
	expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
	const last = events.at(-1);
	if (!last) throw new Error("The fixture is empty.");
	const ended = summaryOf(viewOf(events), 0);
	setTimeout(() => void appendEvents("run-made", events.length - 1, [last], { summarise: () => ended }), 60);
	expect(await idsOf(response, Number.POSITIVE_INFINITY)).toEqual([events.length - 1, events.length]);
});

test("the fold comes as plain JSON, and an unknown run is a 404", async () => {
	const view = await (await getRun(new Request("http://127.0.0.1/"), { params })).json();
	expect(view).toMatchObject({ state: "ended", outcome: "answered", calls: 60 });
	expect(Object.keys(view.sources)).toHaveLength(viewOf(events).sources.size);
	const unknown = { params: Promise.resolve({ id: "nobody" }) };
	expect((await getRun(new Request("http://127.0.0.1/"), unknown)).status).toBe(404);
	expect((await getEvents(new Request("http://127.0.0.1/"), unknown)).status).toBe(404);
});
