import { existsSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { ask, fact, MODEL_APP } from "./fixtures/in-browser";

// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a hook needs out of its pattern.
test.beforeEach(({}, info) => {
	info.skip(!existsSync("/usr/bin/bwrap"), "bubblewrap is not installed, so Python is not tested end to end");
});

const timeline = (page: Page) => page.getByRole("list", { name: "Timeline" });

test("a plot that the model draws is seen in the timeline and beside it, behind headers that let it do nothing", async ({
	page,
	request,
}) => {
	const runId = await ask(page, MODEL_APP, "How deep is it? Draw a plot.");
	const picture = timeline(page)
		.getByRole("img", { name: /^figure.*\.png$/ })
		.first();
	await expect(picture).toBeVisible({ timeout: 45_000 });
	await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300);
	await page.getByRole("button", { name: "Stop", exact: true }).click();
	await expect(fact(page, "Status")).toHaveText(/Stopped/);
	await picture.click();
	const inspector = page.getByRole("complementary", { name: /^Call / });
	const link = inspector.getByRole("link", { name: /^figure.*\.png$/ });
	await expect(link).toBeVisible();
	await expect(inspector).toContainText("drawn");

	const href = (await link.getAttribute("href")) ?? "";
	const file = await request.get(`${MODEL_APP}${href}`);
	expect(file.status()).toBe(200);
	expect(file.headers()).toMatchObject({
		"content-type": "image/png",
		"content-disposition": "inline",
		"x-content-type-options": "nosniff",
		"content-security-policy": expect.stringMatching(/^sandbox; default-src 'none'/),
	});
	expect((await file.body()).subarray(1, 4).toString()).toBe("PNG");
	for (const wrong of [
		href.replace(/[0-9a-f]{64}/, "0".repeat(64)),
		`/api/runs/${runId}/files/..%2Fboxes`,
		`/api/runs/x/files/${"0".repeat(64)}/a`,
	]) {
		expect((await request.get(`${MODEL_APP}${wrong}`)).status()).toBe(404);
	}
});

test("the first page says which Python there is", async ({ page }) => {
	await page.goto(MODEL_APP);
	await expect(page.getByText(/Python 3\.\d+\.\d+ in a bubblewrap sandbox/)).toBeVisible({ timeout: 15_000 });
});
