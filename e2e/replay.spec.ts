import { expect, type Page, test } from "@playwright/test";
import { ask, fact, MODEL_APP, openAnswered } from "./fixtures/in-browser";

const scrubber = (page: Page) => page.getByRole("slider", { name: "Replay: moment of the run" });
const bar = (page: Page) => page.getByRole("region", { name: "Replay" });
const callsNow = async (page: Page) => Number((await fact(page, "Calls").innerText()).split(" ")[0]);

/** A value once it is the same in six looks, a tenth of a second apart. */
async function settled<T>(look: () => Promise<T>): Promise<T> {
	let seen = await look();
	let same = 0;
	await expect
		.poll(
			async () => {
				const before = seen;
				seen = await look();
				same = seen === before ? same + 1 : 0;
				return same;
			},
			{ intervals: [100] },
		)
		.toBeGreaterThan(4);
	return seen;
}

test("a finished run is replayed by keys alone: every pane is as it stood, and the end is one key away", async ({
	page,
}) => {
	await openAnswered(page, "Which environment variables does Next.js expose to the browser?");
	const all = await callsNow(page);
	expect(all).toBeGreaterThan(1);

	await scrubber(page).focus();
	await page.keyboard.press("Home");
	await expect(bar(page)).toContainText(`As it stood before call 1 of ${all}`);
	await expect(page.getByRole("button", { name: "Read the report" })).toHaveCount(0);
	await page.keyboard.press("ArrowRight");
	await expect(bar(page)).toContainText(`As it stood at call 1 of ${all}`);
	await expect(scrubber(page)).toHaveAttribute("aria-valuetext", new RegExp(`^Call 1 of ${all}, `));
	await expect(fact(page, "Calls")).toHaveText(/^1 of/);
	await expect(page.getByRole("list", { name: "Timeline" }).getByRole("listitem")).toHaveCount(1);
	await page.getByRole("tab", { name: "Report" }).click();
	await expect(page.getByRole("region", { name: "References" })).toHaveCount(0);

	await scrubber(page).focus();
	await page.keyboard.press("End");
	await expect(page.getByRole("region", { name: "References" })).toBeVisible();
	await expect(fact(page, "Calls")).toHaveText(new RegExp(`^${all} of`));
});

test("space plays a run to its end, faster when told", async ({ page }) => {
	await openAnswered(page, "Which environment variables does Next.js expose to the browser?");
	const all = await callsNow(page);
	const measure = page.getByRole("combobox", { name: "What the scrubber measures" });
	await measure.click();
	await page.getByRole("option", { name: /By call/ }).click();
	// The list gives the focus back when it is gone; a space before that would open it again.
	await expect(page.getByRole("listbox")).toHaveCount(0);
	await expect(measure).toBeFocused();
	await page.locator("body").click({ position: { x: 700, y: 24 } });
	await page.keyboard.press(" ");
	await expect(bar(page)).toContainText("As it stood");
	await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
	for (let press = 0; press < 3; press++) await page.keyboard.press(".");
	await expect(fact(page, "Calls")).toHaveText(new RegExp(`^${all} of`), { timeout: 20_000 });
	await expect(bar(page)).not.toContainText("As it stood");
	await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
});

test("what is read never moves while a run goes on: not above the end, not in its past", async ({ page }) => {
	test.setTimeout(120_000);
	await ask(page, MODEL_APP, "How are layouts shared between pages?");
	await expect.poll(() => callsNow(page), { timeout: 60_000 }).toBeGreaterThan(40);
	const pane = page.locator("[data-timeline]").first();
	await pane.hover();
	await page.mouse.wheel(0, -1500);
	await expect(page.getByRole("button", { name: "Go to live" })).toBeVisible();
	const read = page.locator("[data-row]").nth(8);
	const row = await read.getAttribute("data-row");
	const place = async () => (await page.locator(`[data-row="${row}"]`).boundingBox())?.y;
	const before = await settled(place);
	const calls = await callsNow(page);
	await expect.poll(() => callsNow(page), { timeout: 60_000 }).toBeGreaterThan(calls + 20);
	expect(await place()).toBe(before);

	await scrubber(page).focus();
	for (let press = 0; press < 3; press++) await page.keyboard.press("PageDown");
	await expect(bar(page)).toContainText("As it stood");
	const shown = await settled(() => callsNow(page));
	const line = page.getByRole("slider", { name: /Sounding line/ });
	const made = async () => Number(await line.getAttribute("aria-valuemax"));
	const made1 = await made();
	await expect.poll(made, { timeout: 60_000 }).toBeGreaterThan(made1 + 10);
	expect(await callsNow(page)).toBe(shown);
	await page.getByRole("button", { name: "Go to live" }).first().click();
	await expect.poll(() => callsNow(page)).toBeGreaterThan(made1);
	await page.getByRole("button", { name: "Stop" }).click();
	await expect(fact(page, "Status")).toHaveText(/Stopped/);
});
