import { expect, type Locator, type Page, test } from "@playwright/test";
import { fact, openAnswered } from "./fixtures/in-browser";

const QUESTION = "What does the revalidateTag function do in Next.js?";

/** Presses Tab until `wanted` has the focus; whatever has it on the way must be seen. */
async function tabTo(page: Page, wanted: Locator, key = "Tab"): Promise<void> {
	for (let presses = 0; presses < 80; presses++) {
		if (await wanted.evaluate((node) => node === document.activeElement).catch(() => false)) return;
		await page.keyboard.press(key);
		const isSeen = await page.evaluate(() => {
			const box = document.activeElement?.getBoundingClientRect();
			return document.activeElement === document.body || (box !== undefined && box.width > 0 && box.height > 0);
		});
		expect(isSeen, "something without a size took the focus").toBe(true);
	}
	await expect(wanted).toBeFocused();
}

const named = (page: Page) => (name: string | RegExp) => page.getByRole("button", { name }).first();

test("CSP-03: a run from its question to its link, with the keyboard alone and without a word in the console", async ({
	page,
}) => {
	test.setTimeout(120_000);
	const faults: string[] = [];
	page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
	page.on("pageerror", (error) => faults.push(error.message));
	const press = (key: string) => page.keyboard.press(key);
	await page.goto("/");
	await tabTo(page, page.getByRole("textbox", { name: "Question" }));
	await page.keyboard.type(QUESTION);
	await press("ControlOrMeta+Enter");
	await page.waitForURL(/\/runs\/[\w-]+/);
	await expect(named(page)("Read the report")).toBeVisible({ timeout: 30_000 });
	const first = page.url();

	await press("j");
	await press("j");
	await expect(page).toHaveURL(/call=\d/);
	await press("]");
	await press("[");
	await press("k");
	await press("Escape");
	await expect(page).not.toHaveURL(/call=/);
	await press("g");
	await page.keyboard.type("3");
	await press("Enter");
	await expect(page).toHaveURL(/call=3/);
	await press("c");
	await expect(page.getByRole("tab", { name: "Context" })).toHaveAttribute("aria-selected", "true");
	await expect(page.getByText("What the model saw at call 3")).toBeVisible();

	await tabTo(page, page.getByRole("tab", { name: "Context" }), "Shift+Tab");
	await press("ArrowLeft");
	await press("ArrowLeft");
	await press("ArrowLeft");
	if ((await page.getByRole("tab", { name: "Timeline" }).getAttribute("aria-selected")) !== "true")
		await press("Enter");
	await expect(page.getByRole("tab", { name: "Timeline" })).toHaveAttribute("aria-selected", "true");
	await tabTo(page, page.getByRole("slider", { name: /^Replay/ }));
	await press("Home");
	await expect(page.getByText("As it stood").first()).toBeVisible();
	await press("End");
	await expect(page.getByText("As it stood")).toHaveCount(0);

	await press("/");
	await page.keyboard.type("revalidate");
	await expect(page.getByText(/^\d+ of \d+/).first()).toBeVisible();
	await press("Enter");
	await press("Escape");
	await press("Escape");

	await press("g");
	await page.keyboard.type("2");
	await press("Enter");
	await press("f");
	const fork = page.getByRole("dialog", { name: /Fork at call 2/ });
	await expect(fork).toBeVisible();
	await press("Escape");
	await expect(fork).toHaveCount(0);

	await press("?");
	await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
	await press("Escape");

	await tabTo(page, page.getByRole("button", { name: "More", exact: true }), "Shift+Tab");
	await press("Enter");
	await expect(page.getByRole("menu")).toBeVisible();
	const share = page.getByRole("menuitem", { name: "Share…" });
	for (let presses = 0; presses < 12; presses++) {
		if (await share.evaluate((node) => node === document.activeElement)) break;
		await press("ArrowDown");
	}
	await press("Enter");
	const dialog = page.getByRole("dialog", { name: "Share this run" });
	await expect(dialog).toBeVisible();
	await tabTo(page, dialog.getByRole("button", { name: "Create link" }));
	await press("Enter");
	await expect(dialog.getByRole("textbox", { name: "The new link" })).toHaveValue(/\/share\/[\w-]{43}$/);
	await press("Escape");
	await expect(page.getByRole("button", { name: "More", exact: true })).toBeFocused();

	await press("d");
	await page.waitForURL(/\/compare\?a=/);
	await press("ControlOrMeta+k");
	await expect(page.getByPlaceholder("A run or an action")).toBeFocused();
	await page.keyboard.type("revalidateTag");
	await expect(page.getByRole("option").first()).toBeVisible();
	await press("Enter");
	await page.waitForURL(/\/runs\/[\w-]+/);
	await expect(fact(page, "Status")).toHaveText(/Answered/);
	expect(page.url()).toContain(new URL(first).pathname);
	expect(faults).toEqual([]);
});

test("a key acts on the row chosen by the key before it, however fast they come", async ({ page }) => {
	await page.goto(`/runs/${await openAnswered(page, QUESTION)}?call=1`);
	await expect(
		page.getByRole("complementary", { name: "Call 1" }).getByRole("button", { name: /^Fork/ }),
	).toBeVisible();
	await page.evaluate(() => {
		for (const key of ["j", "f"])
			document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
	});
	await expect(page.getByRole("dialog", { name: /Fork at call/ })).toHaveAccessibleName(/call 2/);
});

test("the panes are one stop of the Tab key; arrows move along them, and Enter opens one", async ({ page }) => {
	await page.goto(`/runs/${await openAnswered(page, QUESTION)}`);
	const tab = (name: string) => page.getByRole("tab", { name });
	await tab("Timeline").focus();
	await page.keyboard.press("ArrowRight");
	await expect(tab("Report")).toBeFocused();
	await expect(tab("Timeline")).toHaveAttribute("aria-selected", "true");
	await page.keyboard.press("End");
	await expect(tab("Metrics")).toBeFocused();
	await page.keyboard.press("ArrowRight");
	await expect(tab("Timeline")).toBeFocused();
	await page.keyboard.press("ArrowLeft");
	await expect(tab("Metrics")).toBeFocused();
	await page.keyboard.press("Shift+Tab");
	await expect(page.locator("[role=tab]:focus")).toHaveCount(0);
	await page.keyboard.press("Tab");
	await expect(tab("Timeline")).toBeFocused();
	await page.keyboard.press("ArrowRight");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("tabpanel", { name: "Report" })).toBeVisible();
	await expect(tab("Report")).toHaveAttribute("aria-selected", "true");
	await expect(page.getByRole("tabpanel")).toHaveCount(1);
});
