import { readEvents } from "../../lib/db/events";
import { hub } from "../../lib/runner/live";
import { settled } from "../../lib/runner/runner";
import { forgetSandbox } from "../../lib/sandbox/health";
import { viewOf } from "../../lib/trajectory/view";
import { closeExtraction } from "../../lib/web/extract";
import { processorTime } from "../fixtures/processor-time";
import { begin, openBench } from "../fixtures/runner-bench";
import { PAGES } from "../site/pages";
import { startSite } from "../site/server";
import type { Policy } from "../vllm/reply";

const PART = 100;
const CALLS = 300;
/** What is asked before the first part counts: programs, pages and the library are opened then. */
const WARM = 30;
/** A part may cost so much more than the first one, by the median of its calls. */
const MOST = 1.5;
const WORDS = "cache server action route data page render form state stream layout link image font script".split(" ");

type Spent = { name: string; cpu: number; ms: number };

/** Searches the library, reads a page and runs Python by turns; each search, page and table is a new one. */
function mixing(site: string): Policy {
	let call = 0;
	return () => {
		const at = call++;
		if (at >= WARM + CALLS) return { content: "That is enough." };
		const word = WORDS[at % WORDS.length];
		const page = PAGES[at % PAGES.length]?.path ?? "/";
		const code = `rows = [${at}]\nopen("table-${at}.csv", "w").write("n\\n${at}\\n")\nprint(rows)`;
		const calls = [
			{ name: "library_search", args: { q: `${word} ${WORDS[(at * 7) % WORDS.length]} ${at}` } },
			{ name: "read_page", args: { url: `${site}${page}?n=${at}` } },
			{ name: "run_python", args: { code } },
		];
		return { reasoning: `Step ${at}.`, calls: calls.slice(at % 3, (at % 3) + 1), finish: "tool_calls" };
	};
}

/** Hears the calls of a run as they begin and end: the processor time of this process between the two, and the clock's. */
function listenTo(runId: string): Spent[] {
	const spent: Spent[] = [];
	const open = new Map<string, { name: string; cpu: number; since: number }>();
	hub()
		.live.get(runId)
		?.listeners.add((heard) => {
			if (heard.kind !== "event") return;
			const { event } = heard;
			if (event.type === "tool.called")
				open.set(event.callId, { name: event.name, cpu: processorTime(), since: performance.now() });
			if (event.type !== "tool.returned") return;
			const begun = open.get(event.callId);
			if (!begun) return;
			const { name, cpu, since } = begun;
			spent.push({ name, cpu: processorTime() - cpu, ms: performance.now() - since });
		});
	return spent;
}

const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function tell(name: string, parts: readonly (readonly Spent[])[], of: (spent: Spent) => number): number {
	const medians = parts.map((part) => median(part.map(of)));
	const [first = 1] = medians;
	const ratios = medians.map((value) => value / first);
	const figures = medians.map((value, at) => `${value.toFixed(1).padStart(7)} ms (×${(ratios[at] ?? 0).toFixed(2)})`);
	console.log(`  ${name.padEnd(26)}${figures.join("  ")}`);
	return ratios.at(-1) ?? 0;
}

/**
 * `npm run bench -- tools`: one run by the real runner that searches the library, reads pages and runs Python, 300 calls
 * after the first few. What a call of each costs in its first, second and third hundred, medians, with the ratio to the
 * first; fails when the processor time of a call has grown.
 */
export async function run(): Promise<void> {
	const site = await startSite();
	Object.assign(process.env, {
		READ_PRIVATE_HOSTS: site.host,
		READ_HOST_DELAY_MS: "0",
		PAGES_PER_HOST: "1000",
	});
	const { close } = await openBench(mixing(site.url));
	forgetSandbox();
	const runId = await begin("generic", { question: "How are server actions cached?", maxCalls: WARM + CALLS + 10 });
	const spent = listenTo(runId);
	await settled(runId);
	const { outcome, tools } = { ...viewOf(await readEvents(runId)), tools: new Set(spent.map(({ name }) => name)) };
	const counted = spent.slice(WARM);
	const parts = [0, 1, 2].map((at) => counted.slice(at * PART, (at + 1) * PART));
	console.log(`\n${spent.length} calls, run ended: ${outcome}; calls 1–100, 101–200, 201–300\n`);
	const ratios: number[] = [];
	for (const name of tools) {
		const own = parts.map((part) => part.filter((one) => one.name === name));
		ratios.push(tell(`${name}, processor`, own, ({ cpu }) => cpu));
		tell(`${name}, clock`, own, ({ ms }) => ms);
	}
	await close();
	await closeExtraction();
	await site.close();
	if (counted.length !== CALLS || tools.size !== 3)
		throw new Error("Not all tools were called as often as they should.");
	if (ratios.some((ratio) => ratio > MOST)) throw new Error(`A call costs more than ${MOST} times what it did.`);
}
