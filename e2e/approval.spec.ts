import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { fact } from "./fixtures/in-browser";

const QUESTION = "What does the revalidateTag function do in Next.js?";
const bar = (page: Page) => page.getByRole("region", { name: /asks you first/ });

/** Starts a run whose calls of read_page wait for a word. */
async function askFirst(page: Page): Promise<void> {
	await page.goto("/");
	await page.getByRole("textbox", { name: "Question" }).fill(QUESTION);
	await page.getByRole("button", { name: /^Tools: / }).click();
	const tools = page.getByRole("dialog", { name: "Tools" });
	await tools.getByRole("checkbox", { name: "read_page asks you first" }).click();
	await expect(tools.getByRole("checkbox", { name: "read_page asks you first" })).toBeChecked();
	await page.keyboard.press("Escape");
	await expect(page.getByRole("button", { name: /^Tools: / })).toContainText("1 asks");
	await page.getByRole("button", { name: "Start the run" }).click();
	await page.waitForURL(/\/runs\/[\w-]+/);
	await expect(fact(page, "Status")).toHaveText(/Asks you/, { timeout: 30_000 });
}

test("a call that asks is shown whole, survives a reload, and runs once it is allowed", async ({ page, request }) => {
	await askFirst(page);
	await expect(bar(page)).toContainText("url");
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
	await page.reload();
	await expect(bar(page)).toBeVisible();
	await page.getByRole("button", { name: /^Allow all calls of/ }).click();
	await expect(bar(page)).toHaveCount(0);
	await expect(fact(page, "Status")).toHaveText(/Answered/, { timeout: 30_000 });
	const id = page.url().split("/").at(-1)?.split("?")[0];
	const run = await (await request.get(`/api/runs/${id}`)).json();
	const read = run.rows.filter((row: { call?: { name: string } }) => row.call?.name === "read_page");
	expect(read[0]).toMatchObject({ status: "ok", decision: { approved: true } });
});

test("a call that asks is refused with the keyboard, and the run goes on without it", async ({ page }) => {
	await askFirst(page);
	await expect(bar(page)).toBeVisible();
	await page.keyboard.press("n");
	await expect(page.getByRole("list", { name: "Timeline" })).toContainText("did not allow this call");
	await expect(bar(page)).toBeVisible({ timeout: 30_000 });
	await page.keyboard.press("y");
	await expect(page.getByRole("list", { name: "Timeline" })).toContainText(/characters|Page/);
	await page.getByRole("button", { name: "Stop", exact: true }).click();
	await expect(fact(page, "Status")).toHaveText(/Stopped|Answered/);
});
