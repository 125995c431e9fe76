import { expect, type Page, test } from "@playwright/test";
import { ask, atHand, MODEL_APP, openAnswered } from "./fixtures/in-browser";

const QUESTION = "What does the revalidateTag function do in Next.js?";

const field = (page: Page) => page.getByRole("textbox", { name: "Find in this run" });
const count = (page: Page) => page.getByRole("search").getByRole("status");
const rows = (page: Page) => page.getByRole("list", { name: "Timeline" }).getByRole("listitem");

test("a phrase is found, stepped through, marked, and kept in the address", async ({ page }) => {
	await openAnswered(page, QUESTION);
	await atHand(page);

	// The field has the next letter, however soon that comes.
	const focused = await page.evaluate(() => {
		document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", code: "Slash", bubbles: true }));
		return document.activeElement?.tagName;
	});
	expect(focused).toBe("INPUT");
	await page.keyboard.type("revalidatetag");
	await expect(count(page)).toHaveText(/^\d+ places$/);
	await page.keyboard.press("Enter");
	await expect(count(page)).toHaveText(/^1 of \d+$/);
	const current = page.locator("[aria-current=step]");
	await expect(current.locator("mark").first()).toHaveText(/revalidateTag/i);
	await page.keyboard.press("Enter");
	await expect(count(page)).toHaveText(/^2 of \d+$/);
	await page.keyboard.press("Shift+Enter");
	await expect(count(page)).toHaveText(/^1 of \d+$/);
	await page.keyboard.press("Shift+Enter");
	await expect(count(page)).toHaveText(/^(\d+) of \1$/);

	await expect(page).toHaveURL(/find=revalidatetag/);
	await page.reload();
	await expect(field(page)).toHaveValue("revalidatetag");
	await expect(count(page)).toHaveText(/\d/);

	await field(page).fill("astrolabe");
	await expect(page.getByText(/“astrolabe” is nowhere in these \d+ calls\./)).toBeVisible();
	await field(page).press("Escape");
	await expect(field(page)).toHaveValue("");
	await expect(page).not.toHaveURL(/find=/);
});

test("a place deep in a result is opened in the inspector", async ({ page }) => {
	await openAnswered(page, QUESTION);
	await page
		.getByRole("button", { name: /^Call \d+, read_page/ })
		.first()
		.focus();
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Show all", exact: true }).last().click();
	const result = page.getByRole("complementary").locator("section").filter({ hasText: "Result" });
	const whole = await result.locator("div.font-mono").innerText();
	const words = whole.slice(Math.floor(whole.length / 2)).match(/(?<=\s)[A-Za-z]{4,} [A-Za-z]{3,}/)?.[0] ?? "";
	expect(words).not.toBe("");
	await page.reload();
	await field(page).fill(words);
	await expect(count(page)).toHaveText(/^\d+ places?$/);
	await field(page).press("Enter");
	await expect(page.getByRole("complementary").locator("mark").first()).toBeInViewport();
	// Long as the result is, the page itself has nothing to scroll: its title stays in place.
	expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
});

test("a range of calls narrows the rows, from the keyboard and by the address", async ({ page }) => {
	await openAnswered(page, QUESTION);
	const all = await rows(page).count();
	await page.getByRole("slider", { name: /Sounding line/ }).focus();
	await page.keyboard.press("Home");
	await page.keyboard.press("Shift+ArrowDown");
	await expect(page.getByText(/^1–2 · 2 calls$/)).toBeVisible();
	await expect(page).toHaveURL(/calls=1-2/);
	expect(await rows(page).count()).toBeLessThan(all);
	await page.getByRole("tab", { name: "Report" }).click();
	await expect(
		page.getByRole("status").filter({ hasText: "1–2 · 2 calls · This pane shows the whole run." }),
	).toBeVisible();
	await page.getByRole("tab", { name: "Timeline" }).click();
	await page.keyboard.press("Escape");
	await expect(page.getByText(/^1–2 · 2 calls$/)).toBeHidden();

	const address = page.url().split("?")[0];
	await page.goto(`${address}?tool=library_search`);
	await expect(rows(page).first()).toContainText("library_search");
	await expect(rows(page).filter({ hasText: "read_page" })).toHaveCount(0);
	await page.getByRole("button", { name: "Show all" }).first().click();
	await expect(rows(page).filter({ hasText: "read_page" }).first()).toBeVisible();
});

test("in a run that goes on, what is found grows with it", async ({ page }) => {
	await ask(page, MODEL_APP, "How does prefetching work, step by step?");
	await field(page).fill("step");
	const found = async () => Number.parseInt((await count(page).innerText()).replace(/\D+/g, "") || "0", 10);
	await expect.poll(found, { timeout: 20_000 }).toBeGreaterThan(0);
	const before = await found();
	await expect.poll(found, { timeout: 30_000 }).toBeGreaterThan(before);
	await page.getByRole("button", { name: "Stop" }).click();
});
