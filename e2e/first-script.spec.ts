import { expect, type Page, test } from "@playwright/test";
import { install } from "./bench/viewer/probe";
import { openAnswered } from "./fixtures/in-browser";

/** Script that comes over the line, compressed, before a run page is usable; in kB of 1,000 bytes. */
const MOST_KB = 200;

/** What counts as not moving: rounding of heights alone. */
const MOST_SHIFT = 0.01;

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

test("what comes after the first rows moves nothing", async ({ page, browser }) => {
	const path = `/runs/${await openAnswered(page, QUESTION)}?call=1`;
	const visit = await browser.newContext({ baseURL: new URL(page.url()).origin });
	const first = await visit.newPage();
	await first.addInitScript(() => {
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) {
				const { value } = entry as PerformanceEntry & { value: number };
				document.documentElement.dataset.shift = String(Number(document.documentElement.dataset.shift ?? 0) + value);
			}
		}).observe({ type: "layout-shift", buffered: true });
	});
	await first.goto(path);
	await expect(
		first.getByRole("complementary", { name: "Call 1" }).getByRole("button", { name: /^Fork/ }),
	).toBeVisible();
	await expect(first.getByRole("combobox", { name: "Speed of the replay" })).toBeVisible();
	const shift = Number(await first.locator("html").getAttribute("data-shift"));
	expect(shift).toBeLessThanOrEqual(MOST_SHIFT);
	await visit.close();
});

test("the row that an address means stands in view before any script", async ({ page, browser }) => {
	const path = `/runs/${await openAnswered(page, QUESTION)}?call=8`;
	const viewport = { width: 1280, height: 560 };
	const visit = await browser.newContext({ baseURL: new URL(page.url()).origin, javaScriptEnabled: false, viewport });
	const first = await visit.newPage();
	await first.goto(path);
	const row = first.locator("[data-timeline] [aria-current]");
	await expect(row).toContainText("read_page");
	await expect(row).toBeInViewport({ ratio: 0.9 });
	await visit.close();
});
