import { expect, type Page, test } from "@playwright/test";
import { ask, fact, MODEL_APP } from "./fixtures/in-browser";

const timeline = (page: Page) => page.getByRole("list", { name: "Timeline" });
const inspector = (page: Page) => page.getByRole("complementary", { name: /^Call / });

/** A run that has made some calls and was stopped. */
async function stopped(page: Page, question: string): Promise<string> {
	const runId = await ask(page, MODEL_APP, question);
	await expect(fact(page, "Calls")).toHaveText(/^(\d\d+|[6-9]) of 600/, { timeout: 60_000 });
	await page.getByRole("button", { name: "Stop", exact: true }).click();
	await expect(fact(page, "Status")).toHaveText(/Stopped/);
	return runId;
}

/** Leaves the parent's page for that of the child. */
async function child(page: Page, parent: string): Promise<string> {
	await page.waitForURL((url) => /\/runs\/[\w-]+/.test(url.pathname) && !url.pathname.endsWith(parent));
	return page.url().split("/").at(-1)?.split("?")[0] ?? "";
}

test("a call is forked with other arguments: wrong ones are refused beside their field, the child says what it changed", async ({
	page,
	request,
}) => {
	const parent = await stopped(page, "How are server actions cached?");
	const before = await (await request.get(`${MODEL_APP}/api/runs/${parent}`)).json();
	await page.goto(`${MODEL_APP}/runs/${parent}?call=4`);
	await expect(inspector(page)).toBeVisible();
	await page.keyboard.press("f");
	const dialog = page.getByRole("dialog", { name: /Fork at call 4/ });
	const field = dialog.getByRole("textbox", { name: "Arguments" });
	await field.fill("{");
	await expect(dialog.getByRole("alert")).toContainText("not JSON");
	await field.fill("{}");
	await expect(dialog.getByRole("alert")).toContainText("is missing");
	await expect(dialog.getByRole("button", { name: "Start the fork" })).toBeDisabled();
	const row = before.rows.find((one: { n?: number }) => one.n === 4);
	const args = "url" in row.call.args ? { url: "no-such-page", info_to_extract: "x" } : { q: "a query of my own" };
	const known = Object.keys(row.call.args);
	await field.fill(
		JSON.stringify({
			...row.call.args,
			...Object.fromEntries(Object.entries(args).filter(([name]) => known.includes(name))),
		}),
	);
	await dialog.getByRole("textbox", { name: "Calls from here" }).fill("2");
	await expect(dialog).toContainText("Keeps calls 1–3, changes the arguments of call 4, goes on with up to 2 calls");
	await dialog.getByRole("button", { name: "Start the fork" }).click();

	const id = await child(page, parent);
	await expect(fact(page, "Status")).toHaveText(/Forced answer/, { timeout: 30_000 });
	await expect(page.getByText(/^Forked from/)).toBeVisible();
	const fold = await (await request.get(`${MODEL_APP}/api/runs/${id}`)).json();
	expect(fold.calls).toBe(6);
	expect(fold.rows.find((one: { n?: number }) => one.n === 4).call.args).toMatchObject(
		known.includes("url") ? { url: "no-such-page" } : { q: "a query of my own" },
	);
	const after = await (await request.get(`${MODEL_APP}/api/runs/${parent}`)).json();
	expect(after.lastSeq).toBe(before.lastSeq);
	await page.goto(`${MODEL_APP}/runs/${parent}`);
	await expect(page.getByRole("button", { name: "1 fork" })).toBeVisible();
});

test("answer now answers from what a call knew", async ({ page }) => {
	const parent = await stopped(page, "What is a route handler?");
	await page.goto(`${MODEL_APP}/runs/${parent}?call=3`);
	await inspector(page).getByRole("button", { name: "Answer now" }).click();
	await child(page, parent);
	await expect(fact(page, "Status")).toHaveText(/Forced answer/, { timeout: 30_000 });
	await expect(fact(page, "Calls")).toHaveText(/^3 of 3/);
});

test("what a fork shares with its parent is folded: it opens by hand, by a link to a call and by what is found in it", async ({
	page,
}) => {
	const title = "How does streaming work?";
	const parent = await stopped(page, title);
	await page.goto(`${MODEL_APP}/runs/${parent}?call=5`);
	await inspector(page).getByRole("button", { name: "Answer now" }).click();
	const id = await child(page, parent);
	await expect(fact(page, "Status")).toHaveText(/Forced answer/, { timeout: 30_000 });
	const head = timeline(page).getByRole("button", { name: `5 calls shared with ${title}` });
	const calls = timeline(page).getByRole("button", { name: /^Call \d+, / });
	const isOpen = (open: boolean) => expect(head).toHaveAttribute("aria-expanded", String(open));
	await isOpen(false);
	await expect(calls).toHaveCount(0);

	await page.keyboard.press("j");
	await expect(page).toHaveURL(/row=\d+/);
	await page.keyboard.press("k");
	await isOpen(false);
	await head.focus();
	await page.keyboard.press("Enter");
	await isOpen(true);
	await expect(calls.first()).toBeAttached();
	await expect(page).toHaveURL(/past=1/);
	await page.reload();
	await isOpen(true);
	await head.click();
	await isOpen(false);
	await expect(page).not.toHaveURL(/past=1/);

	await page.goto(`${MODEL_APP}/runs/${id}?call=2`);
	await expect(page.getByRole("complementary", { name: "Call 2" })).toBeVisible();
	await expect(page.locator("[aria-current=step]")).toBeInViewport();
	await isOpen(true);
	await page.keyboard.press("Escape");
	await isOpen(true);

	await page.goto(`${MODEL_APP}/runs/${id}`);
	await isOpen(false);
	await page.getByRole("textbox", { name: "Find in this run" }).fill("step");
	await expect(page.getByRole("search").getByRole("status")).toHaveText(/^\d+ places?$/);
	await page.keyboard.press("Enter");
	await expect(page.getByRole("search").getByRole("status")).toHaveText(/^1 of \d+$/);
	await isOpen(true);
	await expect(page.locator("[aria-current=step] mark").first()).toBeVisible();
});

test("a running run is told something, paused over a reload, and goes on", async ({ page }) => {
	await ask(page, MODEL_APP, "Tell me how prefetching works.");
	await expect(fact(page, "Calls")).toHaveText(/^\d+ of 600/, { timeout: 30_000 });
	const words = page.getByRole("textbox", { name: /Tell it something/ });
	await words.fill("Prefer the upgrade guide.");
	await words.press("Enter");
	await expect(words).toHaveValue("");
	await page.getByRole("button", { name: "Pause" }).click();
	await expect(fact(page, "Status")).toHaveText(/Paused/, { timeout: 20_000 });
	const calls = await fact(page, "Calls").innerText();
	await page.reload();
	await expect(fact(page, "Calls")).toHaveText(calls);
	await words.fill("And mind the dates.");
	await words.press("Enter");
	await expect(timeline(page)).toContainText("And mind the dates.");
	await expect(timeline(page)).toContainText("The model reads this at its next turn.");
	await page.getByRole("button", { name: "Go on" }).click();
	await expect(fact(page, "Calls")).not.toHaveText(calls, { timeout: 20_000 });
	await page.getByRole("button", { name: "Stop", exact: true }).click();
	await expect(fact(page, "Status")).toHaveText(/Stopped/);
	await expect(timeline(page)).toBeVisible();
});

test("a further question is a run of its own, with the first question and answer folded above", async ({ page }) => {
	await page.goto("/");
	const question = "What does the revalidateTag function do in Next.js?";
	await page.getByRole("textbox", { name: "Question" }).fill(question);
	await page.getByRole("button", { name: /Start the run/ }).click();
	await page.waitForURL(/\/runs\/[\w-]+/);
	const parent = page.url().split("/").at(-1) ?? "";
	await page.getByRole("button", { name: "Read the report" }).first().click({ timeout: 30_000 });
	await page
		.getByRole("textbox", { name: "Ask a further question" })
		.fill("Which environment variables reach the browser?");
	await page.getByRole("button", { name: /^Ask/ }).click();
	await child(page, parent);
	await expect(page.getByRole("heading", { level: 1 })).toContainText("Which environment variables");
	await expect(fact(page, "Status")).toHaveText(/answer/i, { timeout: 30_000 });
	await page.getByRole("tab", { name: "Report" }).click();
	const thread = page.getByRole("region", { name: "What was asked before" });
	await thread.getByText(question).click();
	await expect(thread.getByRole("button", { name: /^Citation 1: / }).first()).toBeVisible();
	await thread.getByRole("link", { name: "Open that run" }).click();
	await expect(page).toHaveURL(new RegExp(`/runs/${parent.split("?")[0]}`));
});

test("a note and a mark on a call show on its row and in the list", async ({ page }) => {
	const parent = await stopped(page, "How is the router cache cleared?");
	await page.goto(`${MODEL_APP}/runs/${parent}?call=2`);
	const pane = inspector(page);
	await pane.getByRole("button", { name: "Bad" }).click();
	await pane.getByRole("textbox", { name: "Add a note" }).fill("This page is out of date.");
	await pane.getByRole("button", { name: "Add", exact: true }).click();
	await expect(pane).toContainText("This page is out of date.");
	await expect(timeline(page).getByText("Marked bad")).toBeAttached();
	await page.reload();
	await expect(inspector(page)).toContainText("This page is out of date.");
	await page.goto(`${MODEL_APP}/runs?marks=noted`);
	await expect(page.getByRole("row", { name: /How is the router cache cleared/ })).toContainText("1 note");
});
