import { expect, type Page, test } from "@playwright/test";
import { ask } from "./fixtures/in-browser";

async function askAndSee(page: Page, question: string): Promise<void> {
	await ask(page, "", question);
	await expect(page.getByRole("heading", { level: 1, name: question })).toBeVisible();
}

const status = (page: Page) => page.getByRole("term").filter({ hasText: "Status" }).locator("+ dd");

test("a question becomes a cited answer, survives a reload and is found again", async ({ page }) => {
	const question = "What does the revalidateTag function do in Next.js?";
	await askAndSee(page, question);
	await expect(status(page)).toHaveText(/answer/i, { timeout: 30_000 });
	await page.getByRole("tab", { name: "Report" }).click();
	const report = page.getByRole("tabpanel", { name: "Report" });
	await expect(report.getByRole("button", { name: /^Citation 1: / }).first()).toBeVisible();
	await expect(report.getByRole("region", { name: "References" })).toContainText("nextjs.org");
	const address = page.url();
	const calls = await page.getByRole("term").filter({ hasText: "Calls" }).locator("+ dd").innerText();

	await page.goto(address);
	await expect(status(page)).toHaveText(/answer/i);
	await expect(page.getByRole("term").filter({ hasText: "Calls" }).locator("+ dd")).toHaveText(calls);

	await page.goto("/runs");
	await page.getByRole("searchbox", { name: "Search questions" }).fill("revalidateTag");
	await page.getByRole("link", { name: question }).first().click();
	await expect(page).toHaveURL(new URL(address).pathname);
});

test("the web is searched and read where a search engine is set up", async ({ page }) => {
	await askAndSee(page, "Who designed the lighthouse of Ternholm?");
	await expect(status(page)).toHaveText(/answer/i, { timeout: 30_000 });
	await expect(page.getByRole("button", { name: /^Call \d+, web_search/ }).first()).toBeVisible();
	await page.getByRole("tab", { name: "Report" }).click();
	await expect(page.getByRole("tabpanel", { name: "Report" })).toContainText("Jonas Verhal");
});
