import { expect, test } from "@playwright/test";
import { ask, fact, MODEL_APP } from "./fixtures/in-browser";

test("600 calls against a model server: watched, reloaded in the middle, complete", async ({ page, request }) => {
	test.setTimeout(180_000);
	const runId = await ask(page, MODEL_APP, "How are server actions cached?");
	await expect(fact(page, "Calls")).toHaveText(/^[2-9]\d\d of 600/, { timeout: 90_000 });
	await page.reload();
	await expect(fact(page, "Calls")).toHaveText(/^600 of 600/, { timeout: 90_000 });
	await expect(fact(page, "Status")).toHaveText(/Forced answer/, { timeout: 20_000 });

	const fold = await (await request.get(`${MODEL_APP}/api/runs/${runId}`)).json();
	expect(fold.calls).toBe(600);
	const stream = await (await request.get(`${MODEL_APP}/api/runs/${runId}/events`)).text();
	const seqs = [...stream.matchAll(/^id: (\d+)$/gm)].map(([, seq]) => Number(seq));
	expect(seqs).toEqual(Array.from({ length: fold.lastSeq }, (_, at) => at + 1));

	await expect(page.getByRole("list", { name: "Timeline" }).getByRole("listitem").first()).toBeVisible();
	expect(await page.getByRole("list", { name: "Timeline" }).getByRole("listitem").count()).toBeLessThan(80);
	await page.getByRole("tab", { name: "Report" }).click();
	await expect(page.getByRole("region", { name: "References" })).toBeVisible();

	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(`${MODEL_APP}/runs/${runId}?tab=report`);
	await expect(page.getByRole("region", { name: "References" })).toBeVisible();
	await expect(page.getByRole("tab", { name: "Timeline" })).toContainText(/\d{3}/);
	await page.getByRole("tab", { name: "Timeline" }).click();
	await expect(page.locator("[data-row]").first()).toBeVisible();
	expect(await page.locator("[data-row]").count()).toBeLessThan(80);
});

test("REC-09: a reload in the middle of a thought loses nothing, and stop stops within a second", async ({ page }) => {
	await ask(page, MODEL_APP, "Tell me slowly how revalidation works.");
	const open = page.getByRole("list", { name: "Timeline" }).getByRole("listitem").last();
	await expect(open).toContainText(/Step 1: .*Step 1: /, { timeout: 20_000 });
	await page.reload();
	await expect(open).toContainText(/Step 1: .*Step 1: /, { timeout: 5000 });

	await page.getByRole("button", { name: "Stop" }).click();
	await expect(fact(page, "Status")).toHaveText(/Stopped/, { timeout: 1500 });
});

test("two tabs of one run show the same", async ({ page, context }) => {
	await ask(page, MODEL_APP, "How does prefetching work?");
	const second = await context.newPage();
	await second.goto(page.url());
	await expect(fact(second, "Calls")).toHaveText(/^\d{2,} of 600/, { timeout: 60_000 });
	await expect(second.locator("[data-row]").first()).toBeVisible();
	await second.getByRole("button", { name: "Stop" }).click();
	await expect(fact(page, "Status")).toHaveText(/Stopped/, { timeout: 5000 });
	await expect(fact(page, "Calls")).toHaveText(await fact(second, "Calls").innerText());
});

test("requests of other sites and under other names are refused", async ({ request }) => {
	expect((await request.get(`${MODEL_APP}/runs`, { headers: { host: "evil.test" } })).status()).toBe(421);
	expect((await request.post(`${MODEL_APP}/`, { headers: { origin: "http://evil.test" }, data: {} })).status()).toBe(
		403,
	);
	const page = await request.get(`${MODEL_APP}/`);
	expect(page.headers()["content-security-policy"]).toContain("default-src 'none'");
});
