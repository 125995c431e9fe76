import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { answered } from "./fixtures/in-browser";

const rows = (page: Page) => page.getByRole("list", { name: "Calls, side by side" }).getByRole("listitem");

test("two runs of one question are chosen and stand side by side", async ({ page }) => {
	const question = "What is the body size limit of server actions in Next.js?";
	const first = await answered(page, question);
	const second = await answered(page, question);
	await page.goto("/compare");
	await page.getByRole("searchbox", { name: "Search questions" }).fill("body size limit");
	await expect(page).toHaveURL(/q=body/);
	await page.getByRole("main").getByRole("link", { name: question }).first().click();
	await expect(page.getByText("Choose the run to compare with.")).toBeVisible();
	await page.getByRole("main").getByRole("link", { name: question }).first().click();
	await expect(page.getByRole("heading", { level: 1, name: "Two runs of one question" })).toBeVisible();
	expect([first, second]).toContain(new URL(page.url()).searchParams.get("a"));
	await expect(rows(page).first()).toContainText(/same query|same page/);
	await expect(page.getByText("Both answers say the same.")).toBeVisible();
	expect((await new AxeBuilder({ page }).include("#main").analyze()).violations.map(({ id }) => id)).toEqual([]);

	await rows(page).first().getByRole("link").first().click();
	await expect(page).toHaveURL(/\/runs\/[\w-]+\?call=1$/);
});

test("runs of two questions part, and the page says that they are not alike", async ({ page }) => {
	const one = await answered(page, "What does the revalidateTag function do in Next.js?");
	const two = await answered(page, "Which environment variables does Next.js expose to the browser?");
	await page.goto(`/compare?a=${one}&b=${two}`);
	await expect(page.getByText("Not quite alike: the questions differ.")).toBeVisible();
	await expect(page.getByText(/^First divergence: /)).toBeVisible();
	await expect(page.getByRole("region", { name: "Answer of A" }).locator("mark").first()).toBeVisible();
	await page.getByRole("link", { name: "Swap" }).click();
	await expect(page).toHaveURL(`/compare?a=${two}&b=${one}`);

	await page.goto(`/compare?a=${one}&b=${one}`);
	await expect(page.getByRole("alert").filter({ hasText: "That is the same run twice." })).toBeVisible();
	await page.goto(`/compare?a=${one}&b=gone`);
	await expect(page.getByRole("alert").filter({ hasText: "There is no run “gone” any more." })).toBeVisible();
});
