import { expect, test } from "@playwright/test";
import { lostControls } from "./fixtures/early";
import { fact, MODEL_APP } from "./fixtures/in-browser";

test("a run that may use an MCP server and sub-agents: their calls, the steps in place, the way there and back", async ({
	page,
	context,
}) => {
	await page.goto(`${MODEL_APP}/`);
	await page.getByRole("textbox", { name: "Question" }).fill("How are server actions cached?");
	await page.getByRole("radio", { name: /Shallow/ }).click();
	const tools = page.getByRole("button", { name: /^Tools: / });
	await expect(tools).not.toContainText("MCP");
	await tools.click();
	const dialog = page.getByRole("dialog", { name: "Tools" });
	await dialog.getByRole("checkbox", { name: "everything" }).click();
	await dialog.getByRole("checkbox", { name: "Sub-agents" }).click();
	await page.keyboard.press("Escape");
	await expect(tools).toContainText("1 MCP server · Sub-agents");
	await page.getByRole("button", { name: /Start the run/ }).click();
	await page.waitForURL(/\/runs\/[\w-]+/);
	const asking = page.url();
	await expect(fact(page, "Calls")).toHaveText("25 of 25", { timeout: 45_000 });

	const first = `${asking.split("?")[0]}?call=1`;
	expect(await lostControls(context, first)).toEqual([]);
	await page.goto(first);
	const timeline = page.getByRole("list", { name: "Timeline" });
	const row = timeline.getByRole("listitem", { name: /^Call 1, search_and_browse/ });
	await expect(row).toContainText("4 calls, ");
	const steps = row.getByRole("list", { name: "Steps of the sub-agent" });
	await row.getByRole("button", { name: "Show its steps" }).click();
	await expect(steps.getByRole("listitem")).toHaveCount(5);
	await expect(steps).toContainText("google_search");
	await expect(steps.getByRole("listitem").last()).toHaveText(/^It ended the research by itself/);
	const echo = timeline.getByRole("listitem", { name: /^Call 2, echo/ });
	await expect(echo).toContainText("Echo: How are server actions cached?");

	await row.getByRole("link", { name: "Open the sub-agent’s run" }).click();
	await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Part 1 of it/);
	await expect(fact(page, "Calls")).toHaveText("4 of 25");
	await page.getByRole("link", { name: "To the run that asked" }).click();
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("How are server actions cached?");

	await page.goto(`${MODEL_APP}/runs`);
	await expect(page.getByRole("link", { name: /How are server actions cached/ }).first()).toBeVisible();
	await expect(page.getByRole("link", { name: /Part 1 of it/ })).toHaveCount(0);
});
