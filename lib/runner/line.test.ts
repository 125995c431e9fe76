import { setImmediate } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { makeRun } from "../../e2e/fixtures/run";
import { begin, openBench, QUESTION, run } from "../../e2e/fixtures/runner-bench";
import { research } from "../../e2e/vllm/policies";
import { readEvents } from "../db/events";
import { acquireLease, openRuns, setCrashes } from "../db/leases";
import { createRun, listRuns, readSummary } from "../db/runs";
import { layUnder } from "../env";
import { inLanguage, sentencesOf } from "../i18n/sentences";
import { SENTENCES_ZH } from "../i18n/sentences-zh";
import { forkRun } from "./fork";
import { inLine } from "./line";
import { hub } from "./live";
import { cancelRun, pauseRun, recoverRuns, resumeRun, settled, startRun, takeUp } from "./runner";
import { settingsFor } from "./settings";

let bench: Awaited<ReturnType<typeof openBench>>;

beforeAll(async () => {
	bench = await openBench(research(2, 100));
}, 60_000);
afterEach(() => vi.unstubAllEnvs());
afterAll(() => bench.close());

/** Room for so many runs: the settings are read anew. */
function room(parallel: number, waiting: number): void {
	vi.stubEnv("MAX_PARALLEL_RUNS", String(parallel));
	vi.stubEnv("MAX_WAITING_RUNS", String(waiting));
	layUnder({});
}

const recorded = async () => (await listRuns({ limit: 1 })).total;

test("RES-09: of twelve runs asked for at once those that find room go on in their order, the others are refused", async () => {
	room(1, 3);
	// Holds the one place until all have asked, however slow the machine is.
	const holder = await begin("generic", { question: "How are server actions cached, told slowly?" });
	const before = await recorded();
	const taken: string[] = [];
	const refusals: string[] = [];
	const ask = async () => {
		const asked = await startRun({ question: QUESTION, preset: "generic" });
		if (asked.ok) taken.push(asked.runId);
		else refusals.push(`${asked.field}: ${asked.message}`);
	};
	await Promise.all(Array.from({ length: 12 }, ask));
	expect(taken).toHaveLength(3);
	const [full = ""] = refusals;
	expect(new Set(refusals)).toEqual(
		new Set([
			"line: There is no room in line: 3 of 3 places are taken (MAX_WAITING_RUNS). Wait until some have ended, stop some, or raise that setting.",
		]),
	);
	expect(inLanguage(full.slice("line: ".length), sentencesOf(SENTENCES_ZH))).not.toMatch(/[a-z]{2}/);
	expect(await recorded()).toBe(before + 3);
	await cancelRun(holder);
	for (const runId of taken) await settled(runId);
	const begun = await Promise.all(taken.map(async (runId) => (await readEvents(runId))[1]?.at ?? 0));
	expect(begun).toEqual(begun.toSorted((a, b) => a - b));
	expect(await startRun({ question: QUESTION, preset: "generic" })).toMatchObject({ ok: true });
	for (const runId of hub().live.keys()) await settled(runId);
});

test("RES-09: forks find room together or not at all; a run that exists is always let in again", async () => {
	const parent = await run("generic");
	room(1, 2);
	const [first, paused] = [await begin("generic"), await begin("generic")];
	await pauseRun(paused);
	const before = await recorded();
	expect(await forkRun(parent, { kind: "again", samples: 3 })).toMatchObject({ ok: false, field: "line" });
	expect(await recorded()).toBe(before);
	const forked = await forkRun(parent, { kind: "again", samples: 2 });
	expect(forked).toMatchObject({ ok: true });
	expect(await resumeRun(paused)).toBe(true);
	expect(await startRun({ question: QUESTION, preset: "generic" })).toMatchObject({ ok: false, field: "line" });
	for (const runId of [...hub().live.keys()]) await cancelRun(runId);
	await settled(first);
});

test("RES-09: a thousand at the same moment do not pass the limit by not seeing each other", async () => {
	room(1, 20);
	let written = 0;
	const write = async () => {
		await setImmediate();
		written++;
		return { ok: true } as const;
	};
	const asked = await Promise.all(Array.from({ length: 1000 }, (_, at) => inLine([`nobody-${at}`], write)));
	expect(asked.filter(({ ok }) => ok)).toHaveLength(21);
	expect(written).toBe(21);
	for (const runId of [...hub().live.keys()]) await settled(runId);
	expect(hub().live.size).toBe(0);
	await expect(inLine(["unwritten"], () => Promise.reject(new Error("no")))).rejects.toThrow("no");
	expect(hub().live.size).toBe(0);
});

describe("RES-15: a run on a clock that is set a day ahead or back", () => {
	afterEach(() => vi.useRealTimers());

	/** A run of ten minutes at most, once its first call is done and the clock set. */
	async function begun(days: number): Promise<string> {
		const made = await settingsFor({ question: QUESTION, preset: "generic", answerMode: "report" });
		if (!made.ok) throw new Error(made.message);
		const limits = { turns: 50, calls: 50, seconds: 600 };
		const { summary, started } = makeRun(QUESTION, { ...made.settings, limits });
		await createRun(summary, started);
		takeUp(summary.id);
		while (!(await readEvents(summary.id)).some(({ type }) => type === "tool.returned")) await setImmediate();
		vi.setSystemTime(Date.now() + days * 86_400_000);
		return summary.id;
	}

	test.each([1, -1])("goes on in its order and loses none of its time: %i", async (days) => {
		const id = await begun(days);
		await settled(id);
		const events = await readEvents(id);
		expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
		expect(events.at(-1)).toMatchObject({ type: "run.ended", outcome: "answered" });
	});

	test("counts none of it when it goes on after a pause", async () => {
		const id = await begun(1);
		await pauseRun(id);
		await settled(id);
		await resumeRun(id);
		await settled(id);
		expect((await readEvents(id)).at(-1)).toMatchObject({ type: "run.ended", outcome: "answered" });
	});
});

test("REC-05: a run whose process died three times without a result is left alone, until somebody goes on with it", async () => {
	const made = await settingsFor({ question: QUESTION, preset: "generic", answerMode: "report" });
	if (!made.ok) throw new Error(made.message);
	/** A run that a process died with, after so many others. */
	const leftBehind = async (deaths: number): Promise<string> => {
		const { summary, started } = makeRun(QUESTION, made.settings);
		await createRun(summary, started);
		await setCrashes(summary.id, deaths);
		await acquireLease({ runId: summary.id, owner: "4194305:1:nobody" });
		return summary.id;
	};
	const [second, third] = [await leftBehind(1), await leftBehind(2)];
	expect(await recoverRuns()).toBe(1);
	const detail = "This run ended the process 3 times. It is left alone; all its calls are kept.";
	expect(await readSummary(third)).toMatchObject({ state: "waiting", detail });
	await settled(second);
	expect(await readSummary(second)).toMatchObject({ state: "ended", outcome: "answered" });
	expect(await recoverRuns()).toBe(0);
	expect(await readEvents(third)).toHaveLength(1);
	expect([await pauseRun(third), await resumeRun(third)]).toEqual([true, true]);
	await settled(third);
	expect(await readSummary(third)).toMatchObject({ state: "ended", outcome: "answered" });
	expect((await openRuns()).map(({ runId }) => runId)).not.toContain(third);
});
