import { expect, type Page, test } from "@playwright/test";

/** No script comes from here on before what is returned is called: what a person sees on a slow line. */
async function holdScripts(page: Page): Promise<() => void> {
	let release = (): void => undefined;
	const released = new Promise<void>((go) => {
		release = go;
	});
	await page.route(/\/_next\/static\/.*\.js/, async (route) => {
		await released;
		await route.continue();
	});
	return release;
}

async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
	const release = await holdScripts(page);
	await page.goto(path, { waitUntil: "commit" });
	return release;
}

test("a question typed and sent before the page is ready starts the run", async ({ page }) => {
	const release = await openWithoutScripts(page, "/");
	await page.getByRole("textbox", { name: "Question" }).fill("What does the revalidateTag function do in Next.js?");
	await page.getByRole("button", { name: "Start the run" }).click();
	await expect(page).toHaveURL("/");
	release();
	await page.waitForURL(/\/runs\/[\w-]+/, { timeout: 20_000 });
});

test("keys pressed before the page is ready do what they say", async ({ page }) => {
	const release = await openWithoutScripts(page, "/");
	await page.getByRole("textbox", { name: "Question" }).waitFor();
	await page.keyboard.press("ControlOrMeta+k");
	release();
	await expect(page.getByRole("dialog", { name: "Search runs and actions" })).toBeVisible({ timeout: 20_000 });
});

test("what is typed before the palette is there stands in it", async ({ page }) => {
	await page.goto("/runs");
	await page.waitForLoadState("networkidle");
	const release = await holdScripts(page);
	await page.keyboard.press("ControlOrMeta+k");
	await page.keyboard.type("sett");
	release();
	const search = page.getByRole("combobox", { name: "Search runs and actions" });
	await expect(search).toBeFocused();
	await page.keyboard.type("ings");
	await expect(search).toHaveValue("settings");
});
