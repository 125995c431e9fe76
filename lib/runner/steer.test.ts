import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { begin, openBench } from "../../e2e/fixtures/runner-bench";
import { store } from "../db/client";
import { appendEvents, readEvents } from "../db/events";
import { acquireLease } from "../db/leases";
import { listRuns, readSummary, restoreRuns } from "../db/runs";
import { messagesOf } from "../trajectory/messages";
import { isTurnRow } from "../trajectory/row";
import { viewOf } from "../trajectory/view";
import { removeRuns } from "./remove";
import { annotateRun, cancelRun, pauseRun, resumeRun, settled, steerRun } from "./runner";
import { closeStream, openStream, subscribe } from "./watch";

let bench: Awaited<ReturnType<typeof openBench>>;

beforeAll(async () => {
	bench = await openBench();
}, 60_000);

afterAll(() => bench.close());

describe("a running run", () => {
	async function slow(): Promise<string> {
		const id = await begin();
		while ((await readEvents(id)).length < 6) await new Promise((wake) => setTimeout(wake, 5));
		return id;
	}

	test("hears what it is told at its next turn, and the journal alone says the same", async () => {
		const id = await slow();
		expect(await steerRun(id, "Look at the changelog too.")).toBe(true);
		await settled(id);
		const events = await readEvents(id);
		const told = events.findIndex(({ type }) => type === "user.steered");
		const next = events.findIndex(({ type }, index) => index > told && type === "turn.started");
		expect(JSON.stringify(messagesOf(events.slice(0, next + 1)).at(-1))).toContain("Look at the changelog too.");
		const { requests } = bench.server;
		expect(JSON.stringify(requests)).toContain("Look at the changelog too.");
		expect(await steerRun(id, "too late")).toBe(false);
	});

	test("pauses after its step, stays so, and goes on when told", async () => {
		const id = await slow();
		expect(await pauseRun(id)).toBe(true);
		await settled(id);
		const paused = await readEvents(id);
		expect(paused.at(-1)).toMatchObject({ type: "run.paused" });
		expect(await readSummary(id)).toMatchObject({ state: "paused" });
		expect(await resumeRun(id)).toBe(true);
		await settled(id);
		const events = await readEvents(id);
		expect(events[paused.length]).toMatchObject({ type: "run.resumed", detail: "Resumed by you." });
		expect(viewOf(events)).toMatchObject({ calls: 6, state: "ended" });
		expect(await resumeRun(id)).toBe(false);
	});

	test("hears what another process wrote into its journal, and loses nothing", async () => {
		const id = await slow();
		const words = { type: "user.steered", text: "From afar: mind the dates." } as const;
		const note = { type: "run.edited", title: "Renamed elsewhere" } as const;
		await appendEvents(id, (await readEvents(id)).length, [words, note]);
		await settled(id);
		const events = await readEvents(id);
		expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
		expect(events.filter(({ type }) => type === "run.resumed")).toEqual([]);
		expect(viewOf(events)).toMatchObject({ state: "ended", calls: 6 });
		expect(JSON.stringify(bench.server.requests)).toContain("From afar: mind the dates.");
		expect(await readSummary(id)).toMatchObject({ title: "Renamed elsewhere", state: "ended" });
	});

	test("stops executing when another process paused it, and goes on from there", async () => {
		const id = await slow();
		await appendEvents(id, (await readEvents(id)).length, [{ type: "run.paused", detail: "Paused by you." }]);
		await settled(id);
		expect((await readEvents(id)).at(-1)).toMatchObject({ type: "run.paused" });
	});

	test("stops as soon as another process has taken it over, and writes nothing more", async () => {
		const id = await slow();
		store().$client.prepare("update runs set lease_owner = 'another', lease_at = ? where id = ?").run(Date.now(), id);
		const { length } = await readEvents(id);
		await settled(id);
		expect(await readEvents(id)).toHaveLength(length);
		expect(await acquireLease({ runId: id, owner: "another" })).toBe(true);
	});

	test("a follower of a paused run sees it go on", async () => {
		const id = await slow();
		const viewer = crypto.randomUUID();
		const reader = openStream(viewer).getReader();
		await subscribe(viewer, id, 0);
		await pauseRun(id);
		await settled(id);
		await resumeRun(id);
		let isOver = false;
		while (!isOver) {
			const { value } = await reader.read();
			isOver = value?.t === "events" && value.events.some(({ type }) => type === "run.ended");
		}
		closeStream(viewer);
		expect(await readSummary(id)).toMatchObject({ state: "ended" });
	});

	test("in line or paused is steered, paused and stopped without being run", async () => {
		const ids: string[] = [];
		for (let n = 0; n < 6; n++) ids.push(await begin());
		const [first = ""] = ids;
		const last = ids.at(-1) ?? "";
		expect(await readSummary(last)).toMatchObject({ state: "queued" });
		expect(await steerRun(last, "Be brief.")).toBe(true);
		await annotateRun(last, { type: "run.edited", tags: ["queue"] });
		expect(await readSummary(last)).toMatchObject({ state: "queued", tags: ["queue"] });
		expect(await pauseRun(last)).toBe(true);
		expect(await pauseRun(last)).toBe(false);
		expect(await readSummary(last)).toMatchObject({ state: "paused" });
		await settled(first);
		await cancelRun(last);
		expect(await readSummary(last)).toMatchObject({ state: "ended", outcome: "cancelled" });
		expect(await pauseRun(last)).toBe(false);
		expect(await steerRun(last, "too late")).toBe(false);
		for (const id of ids) await settled(id);
	}, 30_000);

	test("is stopped before it is deleted, and can be brought back", async () => {
		const id = await slow();
		await removeRuns([id]);
		await settled(id);
		expect(await readSummary(id)).toBeUndefined();
		expect(await restoreRuns([id])).toBe(1);
		expect(await readSummary(id)).toMatchObject({ state: "ended", outcome: "cancelled" });
	});

	test("takes notes while it runs and after; labels and tags filter the list", async () => {
		const id = await slow();
		await annotateRun(id, { type: "note.added", text: "watch this one", label: "good" });
		await settled(id);
		await annotateRun(id, { type: "run.edited", title: "Caching", tags: ["next"] });
		const events = await readEvents(id);
		expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
		const row = viewOf(events).rows.find(isTurnRow);
		expect(row).toBeDefined();
		expect(await readSummary(id)).toMatchObject({ title: "Caching", tags: ["next"], notes: 1, label: "good" });
		for (const query of [
			{ tag: "next" },
			{ label: "good" as const },
			{ label: "noted" as const },
			{ search: "caching" },
		])
			expect((await listRuns({ ...query, limit: 5 })).runs.map((found) => found.id)).toEqual([id]);
		await annotateRun(id, { type: "run.edited", archived: true });
		expect((await listRuns({ tag: "next", limit: 5 })).total).toBe(0);
		expect((await listRuns({ tag: "next", archived: true, limit: 5 })).total).toBe(1);
	});
});
