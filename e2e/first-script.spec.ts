import { type Browser, expect, type Page, test } from "@playwright/test";
import { install } from "./bench/viewer/probe";
import { holdScripts } from "./fixtures/early";
import { ask, fact, MODEL_APP, openAnswered } from "./fixtures/in-browser";

/** Script that comes over the line, compressed, before a run page is usable; in kB of 1,000 bytes. */
const MOST_KB = 200;

/** What counts as not moving: rounding of heights alone. */
const MOST_SHIFT = 0.005;

const QUESTION = "What does the revalidateTag function do in Next.js?";

/** Opens a run as on a first visit, and waits until its row is there and a key has moved the cursor on. */
async function openFresh(page: Page, path: string): Promise<void> {
	// The compiler names functions through this; the browser does not have it.
	await page.addInitScript("globalThis.__name = (named) => named");
	await page.addInitScript(install);
	await page.goto(path);
	await page.waitForFunction(() => window.probe.usable !== undefined);
}

test("a run page is usable with 200 kB of script", async ({ page, browser }) => {
	const path = `/runs/${await openAnswered(page, QUESTION)}?call=1`;
	await page.goto(path);
	// A run with a fork says so in its header, which it learns late.
	await page.getByRole("complementary", { name: "Call 1" }).getByRole("button", { name: "Answer now" }).click();
	await page.waitForURL((url) => !path.startsWith(url.pathname));
	const visit = await browser.newContext({ baseURL: new URL(page.url()).origin });
	const first = await visit.newPage();
	await openFresh(first, path);
	const scripts = await first.evaluate(() =>
		(performance.getEntriesByType("resource") as PerformanceResourceTiming[])
			.filter(({ name, startTime }) => /\.js(?:\?|$)/.test(name) && startTime < (window.probe.usable ?? 0))
			.map(({ name, encodedBodySize }) => ({ name: name.replace(/.*\//, ""), bytes: encodedBodySize })),
	);
	const all = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
	test.info().annotations.push({ type: "script", description: `${(all / 1000).toFixed(1)} kB` });
	expect(all).toBeGreaterThan(50_000);
	expect(all / 1000, JSON.stringify(scripts)).toBeLessThanOrEqual(MOST_KB);
	await visit.close();
});

/** What the browser tells of parts that moved, by the Layout Instability API. */
type LayoutShift = {
	value: number;
	sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
};
type Shift = { value: number; at: number; moved: string[] };

test("what comes after the first rows moves nothing", async ({ page, browser }) => {
	const path = `/runs/${await openAnswered(page, QUESTION)}?call=1`;
	await page.goto(path);
	// A run with a fork says so in its header, which it learns late.
	await page.getByRole("complementary", { name: "Call 1" }).getByRole("button", { name: "Answer now" }).click();
	await page.waitForURL((url) => !path.startsWith(url.pathname));
	const visit = await browser.newContext({ baseURL: new URL(page.url()).origin });
	const first = await visit.newPage();
	await first.addInitScript(() => {
		const shifts: Shift[] = [];
		Object.assign(globalThis, { shifts });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries() as (PerformanceEntry & LayoutShift)[]) {
				const moved = entry.sources.map(({ node, previousRect, currentRect }) => {
					return `${node?.textContent?.slice(0, 60)} ${JSON.stringify([previousRect, currentRect])}`;
				});
				shifts.push({ value: entry.value, at: entry.startTime, moved });
			}
		}).observe({ type: "layout-shift", buffered: true });
	});
	await first.goto(path);
	await expect(
		first.getByRole("complementary", { name: "Call 1" }).getByRole("button", { name: /^Fork/ }),
	).toBeVisible();
	await expect(first.getByRole("combobox", { name: "Speed of the replay" })).toBeVisible();
	await expect(first.getByRole("button", { name: /fork/ }).first()).toBeVisible();
	const shifts = await first.evaluate(() => (globalThis as unknown as { shifts: Shift[] }).shifts);
	const all = shifts.reduce((sum, { value }) => sum + value, 0);
	expect(all, JSON.stringify(shifts, undefined, 1)).toBeLessThanOrEqual(MOST_SHIFT);
	await visit.close();
});

/** Opens a page as it comes over the line, before any script has come, on a screen that shows some rows. */
async function withoutScript(browser: Browser, url: string, look: (page: Page) => Promise<void>): Promise<void> {
	const page = await browser.newPage({ viewport: { width: 1280, height: 560 } });
	await holdScripts(page);
	await page.goto(url, { waitUntil: "commit" });
	await look(page);
	await page.close();
}

test("the row that an address means stands in view before any script", async ({ page, browser }) => {
	const runId = await openAnswered(page, QUESTION);
	await withoutScript(browser, new URL(`/runs/${runId}?call=8`, page.url()).href, async (first) => {
		const row = first.locator("[data-timeline] [aria-current]");
		await expect(row).toContainText("read_page");
		await expect(row).toBeInViewport({ ratio: 0.9 });
	});
});

test("of a run that goes on the last rows stand in view before any script, and the run goes on with it", async ({
	page,
	browser,
}) => {
	const runId = await ask(page, MODEL_APP, "How are route handlers cached?");
	await expect(fact(page, "Calls")).toHaveText(/^([1-9]\d\d|[89]\d) of 600/, { timeout: 60_000 });
	await page.getByRole("button", { name: "Pause" }).click();
	await expect(fact(page, "Status")).toHaveText(/Paused/);
	const fold = await (await page.request.get(`${MODEL_APP}/api/runs/${runId}`)).json();
	const last = fold.rows.length - 1;
	await withoutScript(browser, page.url(), async (first) => {
		const row = first.locator(`[data-row="${last}"]`);
		await expect(row).toContainText("Paused");
		await expect(row).toBeInViewport();
		expect(await first.locator("[data-row]").count()).toBeGreaterThan(4);
	});
	await page.reload();
	await expect(page.locator(`[data-row="${last}"]`)).toContainText("Paused");
	await expect(page.locator(`[data-row="${last}"]`)).toBeInViewport();
	await page.getByRole("button", { name: "Go on" }).click();
	await expect(fact(page, "Calls")).toHaveText(/^[1-6]\d\d of 600/);
	await page.getByRole("button", { name: "Stop", exact: true }).click();
	await expect(fact(page, "Status")).toHaveText(/Stopped/);
	await expect(page.getByRole("listitem", { name: "End of the run" })).toBeInViewport();
});

test("of a fork its own rows stand there before any script, what it shares behind one head", async ({
	page,
	browser,
}) => {
	const parent = await openAnswered(page, QUESTION);
	await page.goto(`/runs/${parent}?call=3`);
	await page.getByRole("complementary", { name: "Call 3" }).getByRole("button", { name: "Answer now" }).click();
	await page.waitForURL((url) => !url.pathname.endsWith(parent));
	await expect(fact(page, "Status")).toHaveText(/Forced answer/, { timeout: 30_000 });
	await withoutScript(browser, page.url().split("?")[0] ?? "", async (first) => {
		await expect(first.getByRole("button", { name: /^3 calls shared with/ })).toBeInViewport();
		await expect(first.locator("[data-row]").first()).toContainText("Forked");
		expect(await first.locator("[data-row]").count()).toBeLessThan(5);
	});
});
