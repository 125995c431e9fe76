import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { fact } from "./fixtures/in-browser";

const tools = (page: Page) => page.getByRole("button", { name: /^Tools: / });

/** Opens what a run may use, writes sites into it and closes it again. */
async function bind(page: Page, sites: Record<string, string>): Promise<void> {
	await tools(page).click();
	const panel = page.getByRole("dialog", { name: "Tools" });
	for (const [label, text] of Object.entries(sites)) await panel.getByRole("textbox", { name: label }).fill(text);
	await page.keyboard.press("Escape");
	await expect(panel).toBeHidden();
}

test("a run is bound to sites: what is none is refused, what is one is kept to and shown", async ({
	page,
	request,
}) => {
	await page.goto("/");
	await page.getByRole("textbox", { name: "Question" }).fill("Who designed the lighthouse of Ternholm?");
	await bind(page, { "Never these sites": "nowhere" });
	await page.getByRole("button", { name: "Start the run" }).click();
	await expect(page.getByRole("alert").filter({ hasText: '"nowhere" is no site.' })).toBeVisible();
	await bind(page, { "Only these sites": "https://www.example.org/", "Never these sites": "127.0.0.1" });
	await expect(tools(page)).toContainText("2 sites");
	await tools(page).click();
	const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
	expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "Start the run" }).click();
	await page.waitForURL(/\/runs\/[\w-]+/);
	await expect(fact(page, "Status")).toHaveText(/Answered|No answer|Gave up|Ended/, { timeout: 60_000 });
	await expect(page.getByText("only example.org; not 127.0.0.1").first()).toBeVisible();
	const id = page.url().split("/").at(-1)?.split("?")[0];
	const run = await (await request.get(`/api/runs/${id}`)).json();
	const searches = run.rows.filter((row: { call?: { name: string } }) => row.call?.name === "web_search");
	expect(searches.length).toBeGreaterThan(0);
	expect(JSON.stringify(searches)).not.toContain("http://127.0.0.1");
});
