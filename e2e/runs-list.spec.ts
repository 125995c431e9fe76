import { expect, type Page, test } from "@playwright/test";
import { answered } from "./fixtures/in-browser";

const QUESTIONS = ["What stops the tool loop of an agent?", "How are tags revalidated?", "What is a parallel route?"];

const row = (page: Page, question: string) => page.getByRole("row", { name: question });
const box = (page: Page, question: string) => page.getByRole("checkbox", { name: `Select ${question}` });

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
	const page = await browser.newPage();
	for (const question of QUESTIONS) await answered(page, question);
	await page.close();
});

test("selected runs are tagged, and the address holds the filter", async ({ page }) => {
	await page.goto("/runs");
	await box(page, QUESTIONS[0] ?? "").click();
	await box(page, QUESTIONS[2] ?? "").click({ modifiers: ["Shift"] });
	await expect(page.getByRole("toolbar")).toContainText("3 selected");
	await box(page, QUESTIONS[1] ?? "").click();
	await expect(page.getByRole("toolbar").getByRole("link", { name: "Compare" })).toHaveAttribute(
		"href",
		/^\/compare\?a=[\w-]+&b=[\w-]+$/,
	);
	await page.getByRole("toolbar").getByRole("button", { name: "Tag" }).click();
	await page.getByRole("textbox", { name: "Tag" }).fill("#Sea History");
	await page.getByRole("button", { name: "Add", exact: true }).click();
	await expect(row(page, QUESTIONS[0] ?? "")).toContainText("sea history");
	await page.getByRole("combobox", { name: "Tag" }).click();
	await page.getByRole("option", { name: "sea history" }).click();
	await expect(page).toHaveURL(/tag=sea\+history/);
	await expect(row(page, QUESTIONS[0] ?? "")).toBeVisible();
	await expect(row(page, QUESTIONS[1] ?? "")).toBeHidden();
	await page.reload();
	await expect(row(page, QUESTIONS[2] ?? "")).toBeVisible();
	await expect(row(page, QUESTIONS[1] ?? "")).toBeHidden();
});

test("an archived run stands in the archive and comes back", async ({ page }) => {
	await page.goto("/runs");
	const question = QUESTIONS[1] ?? "";
	await page.getByRole("button", { name: `Actions for ${question}` }).click();
	await page.getByRole("menuitem", { name: "Archive" }).click();
	await expect(row(page, question)).toBeHidden();
	await page.getByRole("button", { name: "Show the archive" }).click();
	await expect(row(page, question)).toBeVisible();
	await page.getByRole("button", { name: `Actions for ${question}` }).click();
	await page.getByRole("menuitem", { name: "Take out of the archive" }).click();
	await expect(page.getByRole("heading", { name: "Nothing is archived" })).toBeVisible();
	await page.getByRole("button", { name: "Back to the list" }).click();
	await expect(row(page, question)).toBeVisible();
});

test("a deletion is taken back; without that it is final", async ({ page, request }) => {
	await page.goto("/runs");
	const question = QUESTIONS[0] ?? "";
	const address = await row(page, question).getByRole("link").first().getAttribute("href");
	await page.keyboard.press("j");
	await page.keyboard.press("x");
	await expect(page.getByRole("toolbar")).toContainText("1 selected");
	await page.keyboard.press("x");
	await box(page, question).click();
	await page.getByRole("toolbar").getByRole("button", { name: "Delete" }).click();
	await expect(page.getByRole("status").filter({ hasText: "1 run deleted." })).toBeVisible();
	await expect(row(page, question)).toBeHidden();
	expect((await request.get(`/api${address}`)).status()).toBe(404);
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(row(page, question)).toBeVisible();

	await box(page, question).click();
	await page.getByRole("toolbar").getByRole("button", { name: "Delete" }).click();
	await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
	await expect(page.getByRole("button", { name: "Undo" })).toBeHidden({ timeout: 15_000 });
	await page.reload();
	await expect(row(page, question)).toBeHidden();
});
