import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { closeStore } from "../../lib/db/client";
import { systemBrowser } from "../../lib/web/system-browser.mjs";
import { seedFork, seedRun } from "../fixtures/long-run";
import { serveNaive } from "./viewer/naive";
import { install, nodeCount, scrollFrames } from "./viewer/probe";
import { startApp } from "./viewer/server";

const SIZES = [600, 5000, 50_000];
const TIMES = 5;
const JUMPS = 12;
const LOOK_MS = 250;
/** Processor seconds between two looks that a browser at rest may use. */
const REST_S = 0.03;
/** The naive page is left out where it cannot be waited for. */
const NAIVE_UP_TO = 5000;

type Figures = {
	row: number;
	usable: number;
	complete: number;
	jumpByNumber: number[];
	jumpByLine: number[];
	scrub: number[];
	frames: number[];
	nodes: number;
	dataBytes: number;
	scriptBytes: number;
};

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], share: number) =>
	sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const median = (values: readonly number[]) => quantile(values, 0.5);
const ms = (value: number) => `${value.toFixed(0)} ms`;
const kb = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

type Opened = { page: Page; row: number; usable: number; complete: number; data: number; script: number };

/** A new window has the browser start parts of its own, which take half of a small machine for a second. */
async function atRest(browser: Browser): Promise<void> {
	const session = await browser.newBrowserCDPSession();
	const used = async () => {
		const { processInfo } = await session.send("SystemInfo.getProcessInfo");
		return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
	};
	let before = Number.NEGATIVE_INFINITY;
	for (let now = await used(); now - before > REST_S; now = await used()) {
		before = now;
		await new Promise((wake) => setTimeout(wake, LOOK_MS));
	}
	await session.detach();
}

/** Opens a run in a browser profile of its own and waits until it answers and is all there. */
async function open(browser: Browser, url: string, isComplete: () => boolean): Promise<Opened> {
	const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
	/** The compiler names functions through this; the browser does not have it. */
	await page.addInitScript("globalThis.__name = (named) => named");
	await page.addInitScript(install);
	const wire = await page.context().newCDPSession(page);
	await wire.send("Network.enable");
	const kinds = new Map<string, boolean>();
	const bytes = { data: 0, script: 0 };
	let isFirstLoad = true;
	wire.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type === "Script"));
	wire.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
		if (!kinds.get(requestId)) bytes.data += encodedDataLength;
		else if (isFirstLoad) bytes.script += encodedDataLength;
	});
	await atRest(browser);
	await page.goto(url);
	await page.waitForFunction(() => window.probe.usable !== undefined, undefined, { timeout: 120_000 });
	isFirstLoad = false;
	const { row = Number.NaN, usable = Number.NaN } = await page.evaluate(() => window.probe);
	await page.waitForFunction(isComplete, undefined, { timeout: 300_000 });
	const complete = await page.evaluate(() => performance.now());
	return { page, row, usable, complete, data: bytes.data, script: bytes.script };
}

/** The count beside the first tab appears when all events are in. */
const isRunComplete = () => /\d/.test(document.querySelector("[role=tab]")?.textContent ?? "");
const isNaiveComplete = () => window.isComplete === true;

const calls = (size: number) => Array.from({ length: JUMPS }, (_, at) => 1 + Math.floor((at * 0.618 * size) % size));

async function jumpsByNumber(page: Page, size: number): Promise<number[]> {
	const times: number[] = [];
	for (const n of calls(size)) {
		const before = await page.evaluate(() => window.stateOf("row"));
		await page.keyboard.press("g");
		await page.getByRole("dialog").getByRole("textbox").fill(String(n));
		await page.keyboard.press("Enter");
		times.push(await page.evaluate((state) => window.answered("row", state), before));
		await page.getByRole("dialog").waitFor({ state: "detached" });
	}
	return times;
}

/** Clicks along a slider and waits for what it moves: the chosen row, or the slider's own words. */
async function clicks(page: Page, name: string, watched: string): Promise<number[]> {
	const times: number[] = [];
	for (let at = 0; at < JUMPS; at++) {
		const box = await page.getByRole("slider", { name }).boundingBox();
		if (!box) throw new Error(`No slider ${name}.`);
		const isTall = box.height > box.width;
		const share = 0.1 + ((at * 0.618) % 0.8);
		const before = await page.evaluate((what) => window.stateOf(what), watched);
		const x = isTall ? box.x + 60 : box.x + share * box.width;
		const y = isTall ? box.y + share * box.height : box.y + box.height / 2;
		await page.mouse.click(x, y);
		times.push(await page.evaluate(([what = "", state]) => window.answered(what, state), [watched, before]));
	}
	return times;
}

/** Opened again and again, the first time for the server alone; the page of the last time is left open. */
async function openings(browser: Browser, url: string): Promise<{ all: Opened[]; last: Opened }> {
	const all: Opened[] = [];
	for (let time = 0; time <= TIMES; time++) {
		await all.at(-1)?.page.context().close();
		all.push(await open(browser, url, isRunComplete));
	}
	const last = all.at(-1);
	if (!last) throw new Error("Nothing was opened.");
	return { all: all.slice(1), last };
}

/** A fork behind half of the calls, and a run that goes on: how soon they are usable where they open. */
async function measureOthers(browser: Browser, base: string, size: number): Promise<void> {
	for (const { kind, name, call } of [
		{ kind: "fork", name: "a fork", call: Math.floor(size * 0.75) },
		{ kind: "paused", name: "goes on", call: size - 1 },
	]) {
		const { all, last } = await openings(browser, `${base}/runs/${kind}-${size}?call=${call}`);
		const [usable, row, complete] = [all.map((o) => o.usable), all.map((o) => o.row), all.map((o) => o.complete)];
		console.log(
			`  ${name.padEnd(14)}usable ${ms(median(usable))} (a row painted ${ms(median(row))}, all events in ${ms(median(complete))})`,
		);
		await last.page.context().close();
	}
}

async function measure(browser: Browser, base: string, size: number): Promise<Figures> {
	const url = `${base}/runs/made-${size}?call=${Math.floor(size / 2)}`;
	const { all, last } = await openings(browser, url);
	const { page } = last;
	const nodes = await nodeCount(page);
	const figures = {
		row: median(all.map(({ row }) => row)),
		usable: median(all.map(({ usable }) => usable)),
		complete: median(all.map(({ complete }) => complete)),
		jumpByNumber: await jumpsByNumber(page, size),
		jumpByLine: await clicks(page, "Sounding line", "row"),
		frames: await scrollFrames(page),
		scrub: await clicks(page, "Replay", "Replay"),
		nodes,
		dataBytes: last.data,
		scriptBytes: last.script,
	};
	await page.context().close();
	return figures;
}

async function measureNaive(browser: Browser, base: string, size: number) {
	const openings: Opened[] = [];
	const jumps: number[] = [];
	for (let time = 0; time < 3; time++) {
		const opened = await open(browser, `${base}/?run=made-${size}&call=${Math.floor(size / 2)}`, isNaiveComplete);
		openings.push(opened);
		for (const n of calls(size)) {
			jumps.push(
				await opened.page.evaluate(async (call) => {
					const began = performance.now();
					window.jump?.(call);
					await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
					return performance.now() - began;
				}, n),
			);
		}
		if (time === 2) break;
		await opened.page.context().close();
	}
	const page = openings.at(-1)?.page;
	const nodes = page ? await nodeCount(page) : 0;
	await page?.context().close();
	return { usable: median(openings.map(({ usable }) => usable)), jump: median(jumps), nodes };
}

function print(size: number, figures: Figures): void {
	const { row, usable, complete, jumpByNumber, jumpByLine, scrub, frames, nodes, dataBytes, scriptBytes } = figures;
	const both = (values: number[]) => `${ms(median(values))}, worst ${ms(Math.max(...values))}`;
	console.log(`\n${size.toLocaleString("en")} steps`);
	console.log(`  usable        ${ms(usable)} (row at the cursor painted ${ms(row)}, all events in ${ms(complete)})`);
	console.log(`  jump          by number ${both(jumpByNumber)}; by the line ${both(jumpByLine)}`);
	console.log(`  scrub         ${both(scrub)}`);
	const slow = frames.filter((time) => time > 34).length;
	console.log(
		`  scroll        p50 ${ms(median(frames))}, p95 ${ms(quantile(frames, 0.95))}, ${slow} of ${frames.length} frames over 34 ms`,
	);
	console.log(`  document      ${nodes.toLocaleString("en")} nodes`);
	console.log(`  transferred   ${kb(dataBytes)} of data, ${kb(scriptBytes)} of script at first load`);
}

/** `npm run bench -- viewer [steps…]`: the run page at 600, 5,000 and 50,000 steps, beside a page that draws all rows. */
export async function run(args: readonly string[]): Promise<void> {
	const sizes = args.length > 0 ? args.map(Number) : SIZES;
	const folder = mkdtempSync(join(tmpdir(), "soundings-bench-"));
	process.env.DATA_DIR = folder;
	for (const size of sizes) {
		const made = { calls: size, seed: 11, runId: `made-${size}` };
		await seedRun(made);
		await seedFork(made, Math.floor(size / 2), `fork-${size}`);
		await seedRun({ ...made, runId: `paused-${size}`, live: "paused" });
	}
	const app = await startApp(folder);
	const naive = await serveNaive();
	const executablePath = systemBrowser();
	const browser = await chromium.launch({
		...(executablePath && { executablePath }),
		args: ["--no-sandbox", "--disable-gpu"],
	});
	try {
		for (const size of sizes) {
			const figures = await measure(browser, app.url, size);
			print(size, figures);
			if (size > NAIVE_UP_TO) continue;
			await measureOthers(browser, app.url, size);
			const plain = await measureNaive(browser, naive.url, size);
			const times = (theirs: number, ours: number) => `${(theirs / ours).toFixed(1)}×`;
			console.log(
				`  all rows drawn: usable ${times(plain.usable, figures.usable)}, jump ${times(plain.jump, median(figures.jumpByNumber))}, nodes ${times(plain.nodes, figures.nodes)} of ours`,
			);
		}
	} finally {
		await browser.close();
		naive.stop();
		await app.stop();
		closeStore();
		rmSync(folder, { recursive: true });
	}
}
