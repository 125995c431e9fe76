import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

/** What axe finds, as lines: the rule and the first place that breaks it. */
async function findings(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
}

for (const colorScheme of ["light", "dark"] as const) {
	test(`no page breaks a rule of accessibility, ${colorScheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
		await page.goto("/");
		expect.soft(await findings(page), "the ask page").toEqual([]);
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
		await page.goto("/runs");
		expect.soft(await findings(page), "the list of runs").toEqual([]);
	});
}
