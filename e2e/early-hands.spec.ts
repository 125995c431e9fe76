import { expect, type Page, test } from "@playwright/test";
import { holdScripts, lostControls } from "./fixtures/early";
import { fact, openAnswered } from "./fixtures/in-browser";

const QUESTION = "What does the revalidateTag function do in Next.js?";

async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
	const release = await holdScripts(page);
	await page.goto(path, { waitUntil: "commit" });
	return release;
}

/** How many runs of this question there are. */
const runsOf = async (page: Page, question: string): Promise<number> => {
	await page.goto(`/runs?q=${encodeURIComponent(question)}`);
	const links = page.getByRole("main").getByRole("link", { name: question });
	await expect(links.first()).toBeVisible();
	return links.count();
};

test("B087: a question sent many times before the page is ready starts one run", async ({ page }) => {
	const question = "What does revalidateTag do, asked in haste?";
	const release = await openWithoutScripts(page, "/");
	await page.getByRole("textbox", { name: "Question" }).fill(question);
	await page.getByRole("button", { name: "Start the run" }).click({ clickCount: 3 });
	await expect(page).toHaveURL("/");
	release();
	await page.waitForURL(/\/runs\/[\w-]+/, { timeout: 20_000 });
	expect(await runsOf(page, question)).toBe(1);
});

test("B087: and so does one sent by many keys and presses at once", async ({ page }) => {
	const question = "What does revalidateTag do, asked with all hands?";
	await page.goto("/");
	const box = page.getByRole("textbox", { name: "Question" });
	await box.fill(question);
	await box.evaluate((element) => {
		const form = element.closest("form");
		const press = { key: "Enter", ctrlKey: true, bubbles: true };
		for (let at = 0; at < 25; at++) element.dispatchEvent(new KeyboardEvent("keydown", press));
		for (let at = 0; at < 25; at++) form?.requestSubmit();
	});
	await page.waitForURL(/\/runs\/[\w-]+/);
	expect(await runsOf(page, question)).toBe(1);
});

test("keys pressed before the page is ready do what they say", async ({ page }) => {
	const release = await openWithoutScripts(page, "/");
	await page.getByRole("textbox", { name: "Question" }).waitFor();
	await page.keyboard.press("ControlOrMeta+k");
	release();
	await expect(page.getByRole("dialog", { name: "Search runs and actions" })).toBeVisible({ timeout: 20_000 });
});

test("keys pressed on the line and along the tabs before the page is ready move what they move", async ({ page }) => {
	const run = `/runs/${await openAnswered(page, QUESTION)}`;
	const release = await openWithoutScripts(page, run);
	await page.getByRole("slider", { name: /Sounding line/ }).focus();
	await page.keyboard.press("Home");
	await page.keyboard.press("ArrowDown");
	release();
	await expect(page).toHaveURL(/call=2$/);

	const again = await openWithoutScripts(page, run);
	await page.getByRole("tab", { name: "Timeline" }).focus();
	await page.keyboard.press("End");
	again();
	await expect(page.getByRole("tab", { name: "Metrics" })).toBeFocused();
});

test("nothing that the server drew is lost to a press before the page is ready", async ({ page, browser }) => {
	const runId = await openAnswered(page, QUESTION);
	await page.goto(`/runs/${runId}?call=3`);
	await page.getByRole("complementary", { name: "Call 3" }).getByRole("button", { name: "Answer now" }).click();
	await page.waitForURL((url) => !url.pathname.endsWith(runId));
	await expect(fact(page, "Status")).toHaveText(/Forced answer/, { timeout: 30_000 });
	const fork = new URL(page.url()).pathname;
	const run = `/runs/${runId}`;
	const compared = `/compare?a=${runId}&b=${fork.split("/").at(-1)}`;
	const visit = await browser.newContext();
	for (const path of [`${run}?call=2`, `${run}?tab=report`, fork, compared, "/", "/runs", "/library", "/settings"]) {
		expect.soft(await lostControls(visit, new URL(path, page.url()).href), path).toEqual([]);
	}
	await visit.close();
});

test("what is typed before the palette is there stands in it", async ({ page }) => {
	await page.goto("/runs");
	await page.waitForLoadState("networkidle");
	const release = await holdScripts(page);
	await page.keyboard.press("ControlOrMeta+k");
	await page.keyboard.type("sett");
	release();
	const search = page.getByRole("combobox", { name: "Search runs and actions" });
	await expect(search).toBeFocused();
	await page.keyboard.type("ings");
	await expect(search).toHaveValue("settings");
});
