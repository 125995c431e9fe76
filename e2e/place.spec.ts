import { expect, test } from "@playwright/test";
import { openAnswered } from "./fixtures/in-browser";

test("the moment that is shown is in the address, and is opened again there", async ({ page }) => {
	await openAnswered(page, "Which environment variables does Next.js expose to the browser?");
	const bar = page.getByRole("region", { name: "Replay" });
	await page.getByRole("slider", { name: /^Replay/ }).focus();
	await page.keyboard.press("Home");
	await page.keyboard.press("ArrowRight");
	await expect(bar).toContainText("As it stood at call 1 of");
	await expect(page).toHaveURL(/[?&]at=\d+/);
	await page.reload();
	await expect(bar).toContainText("As it stood at call 1 of");
	await expect(page.getByRole("list", { name: "Timeline" }).getByRole("listitem")).toHaveCount(1);
	await bar.getByRole("button", { name: "Show the end" }).click();
	await expect(page).not.toHaveURL(/[?&]at=/);
});

test("calls are selected by their numbers on a phone, and the figures are theirs", async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await openAnswered(page, "Which environment variables does Next.js expose to the browser?");
	await page.getByRole("button", { name: "Select calls" }).click();
	await page.getByRole("textbox", { name: "From call" }).fill("2");
	await page.getByRole("textbox", { name: "To call" }).fill("1");
	await page.getByRole("button", { name: "Show", exact: true }).click();
	await expect(page.getByRole("alert").filter({ hasText: "must not come after" })).toBeVisible();
	await page.getByRole("textbox", { name: "To call" }).fill("2");
	await page.getByRole("button", { name: "Show", exact: true }).click();
	await expect(page).toHaveURL(/[?&]calls=2-2/);
	await page.getByRole("tab", { name: "Metrics" }).click();
	await expect(page.getByRole("tabpanel", { name: "Metrics" })).toContainText("Figures of calls 2–2.");
});
