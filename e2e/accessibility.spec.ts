import { expect, test } from "@playwright/test";
import { findings } from "./fixtures/findings";

/** The server with a model behind it. */
const MODEL_APP = "http://127.0.0.1:3107";

test("no page breaks a rule of accessibility, light or dark", async ({ page }) => {
	test.setTimeout(150_000);
	await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
	await page.goto("/");
	expect.soft(await findings(page), "the ask page").toEqual([]);
	await page.getByRole("textbox", { name: "Question" }).fill("x");
	await page.getByRole("button", { name: /Start the run/ }).click();
	await expect(page.getByText("The question needs at least 3 characters.")).toBeVisible();
	expect.soft(await findings(page), "a question that is refused").toEqual([]);
	await page
		.getByRole("textbox", { name: "Question" })
		.fill("Which environment variables does Next.js expose to the browser?");
	await page.getByRole("button", { name: /Start the run/ }).click();
	await page.waitForURL(/\/runs\/[\w-]+/);
	await expect(page.getByRole("tab", { name: "Report" })).toBeVisible();
	await expect(page.getByRole("button", { name: "Read the report" }).first()).toBeVisible({ timeout: 30_000 });
	for (const name of ["Timeline", "Sources", "Report"]) {
		await page.getByRole("tab", { name }).click();
		await expect(page.getByRole("tabpanel", { name })).toBeVisible();
		expect.soft(await findings(page), `the run page, ${name}`).toEqual([]);
	}
	await page.getByRole("tab", { name: "Timeline" }).click();
	await page.keyboard.press("j");
	await expect(page.getByRole("listitem").and(page.locator("[aria-current=step]"))).toBeVisible();
	expect.soft(await findings(page), "the run page, a chosen call").toEqual([]);
	await page.goto("/runs");
	expect.soft(await findings(page), "the list of runs").toEqual([]);
	await page.getByRole("searchbox", { name: "Search questions" }).fill("no run has these words");
	await expect(page.getByText(/No run/)).toBeVisible();
	expect.soft(await findings(page), "a search that finds no run").toEqual([]);
	await page.goto("/library");
	await page
		.locator("[data-chooser=files]")
		.setInputFiles({ name: "blank.md", mimeType: "text/plain", buffer: Buffer.from("  ") });
	await expect(page.getByLabel("Collection", { exact: true })).toBeVisible();
	expect.soft(await findings(page), "files about to be added").toEqual([]);
	await page.getByRole("button", { name: "Add 1 file" }).click();
	await expect(page.getByText("There is no text in it.").first()).toBeVisible();
	expect.soft(await findings(page), "the library, with a file that was not read").toEqual([]);
	await page.getByRole("button", { name: "Take blank.md off the list" }).click();
	await page.goto("/library?in=Next.js+docs");
	await expect(page.getByRole("button", { name: "Actions for Next.js docs" })).toBeVisible();
	expect.soft(await findings(page), "a collection").toEqual([]);
	await page.goto("/library?q=cached+zyzzyva");
	await expect(page.getByText(/In no document/)).toBeVisible();
	expect.soft(await findings(page), "a search of the library").toEqual([]);
	await page.goto("/settings");
	await page.getByRole("textbox", { name: "Time of one call" }).fill("601");
	await page.getByRole("region", { name: "Python" }).getByRole("button", { name: "Save" }).click();
	await expect(page.getByText(/"601" is more than 600 seconds/)).toBeVisible();
	expect.soft(await findings(page), "the settings, one of them refused").toEqual([]);
	await page.goto("/runs/no-such-run");
	expect.soft(await findings(page), "a run that is not there").toEqual([]);
});

test("a live run and its end break no rule on a phone either", async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.emulateMedia({ reducedMotion: "reduce" });
	await page.goto(MODEL_APP);
	await page.getByRole("textbox", { name: "Question" }).fill("How deep is the deepest sounding made with hemp rope?");
	await page.getByRole("button", { name: /Start the run/ }).click();
	await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
	await expect(page.getByRole("button", { name: /^Call \d+, / }).first()).toBeAttached();
	await expect(page).toHaveTitle(/Soundings/);
	expect.soft(await findings(page), "the run page, live").toEqual([]);
	await page.getByRole("button", { name: "Stop" }).click();
	await expect(page.getByText("Stopped by you").first()).toBeVisible();
	expect.soft(await findings(page), "the run page, stopped").toEqual([]);
});
