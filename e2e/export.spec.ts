import { copyFileSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { unzipSync } from "fflate";
import { extractText, getDocumentProxy } from "unpdf";
import { answered, ask, MODEL_APP, openAnswered } from "./fixtures/in-browser";

const QUESTION = "What does the revalidateTag function do in Next.js?";
const NAME = "What does the revalidateTag function do in Next.js";

/** Chooses a document in the report's menu; the file's name and where it was saved. */
async function exported(page: Page, item: string | RegExp) {
	await page.getByRole("button", { name: "Export" }).click();
	const coming = page.waitForEvent("download");
	await page.getByRole("menuitem", { name: item, exact: typeof item === "string" }).click();
	const download = await coming;
	await expect(page.getByRole("button", { name: "Export" })).toBeEnabled();
	return { name: download.suggestedFilename(), path: await download.path() };
}

test("the report is taken along in every format, with its references", async ({ page }) => {
	await openAnswered(page, QUESTION);
	await page.getByRole("tab", { name: "Report" }).click();

	const markdown = await exported(page, "Markdown");
	expect(markdown.name).toBe(`${NAME}.md`);
	const text = readFileSync(markdown.path, "utf8");
	expect(text).toContain(`# ${QUESTION}`);
	const [address = ""] = /https:\/\/nextjs\.org\S+/.exec(text.split("## References")[1] ?? "") ?? [];
	expect(address).not.toBe("");

	const word = await exported(page, "Word");
	expect(word.name).toBe(`${NAME}.docx`);
	const xml = new TextDecoder().decode(unzipSync(readFileSync(word.path))["word/document.xml"]);
	expect(xml).toContain(address);

	const pdf = await exported(page, "PDF");
	expect(pdf.name).toBe(`${NAME}.pdf`);
	const read = await extractText(await getDocumentProxy(new Uint8Array(readFileSync(pdf.path))), { mergePages: true });
	expect(read.text).toContain(QUESTION);
	expect(read.text.replace(/\s/g, "")).toContain(address);
});

test("the web page opens without a network, fetches nothing, and holds the pages as they were read", async ({
	page,
	browser,
}, testInfo) => {
	await openAnswered(page, QUESTION);
	await page.getByRole("tab", { name: "Report" }).click();
	const { path } = await exported(page, /with sources/);
	const context = await browser.newContext({ offline: true });
	const reader = await context.newPage();
	const faults: string[] = [];
	reader.on("console", (message) => faults.push(message.text()));
	reader.on("request", (request) => request.url().startsWith("file:") || faults.push(request.url()));
	const saved = testInfo.outputPath("report.html");
	copyFileSync(path, saved);
	await reader.goto(pathToFileURL(saved).href);
	await expect(reader.getByRole("heading", { level: 1, name: QUESTION })).toBeVisible();
	await reader.getByText("The page as it was read").first().click();
	await expect(reader.locator("details pre").first()).toContainText("revalidateTag");
	expect(faults).toEqual([]);
	await context.close();
});

test("the whole run is saved as the share dialog showed it, and is replayed from disk without a network", async ({
	page,
	browser,
}, testInfo) => {
	await answered(page, `${QUESTION} Write to ana.secret@example.org about Project Halibut.`);
	await page.getByRole("button", { name: "More", exact: true }).click();
	await page.getByRole("menuitem", { name: "Share…" }).click();
	const dialog = page.getByRole("dialog", { name: "Share this run" });
	await dialog.getByRole("radio", { name: /^Whole run/ }).click();
	await dialog.getByLabel("Words to take out").fill("Halibut");
	await expect(dialog.getByText(/chosen word/)).toBeVisible();
	const coming = page.waitForEvent("download");
	await dialog.getByRole("button", { name: "Save as a web page" }).click();
	const saved = testInfo.outputPath("run.html");
	await (await coming).saveAs(saved);
	const file = readFileSync(saved, "utf8");
	const texts = [...file.matchAll(/type="application\/gzip">([^<]+)</g)].map(([, packed = ""]) =>
		gunzipSync(Buffer.from(packed, "base64")).toString(),
	);
	expect(texts.length).toBeGreaterThan(1);
	for (const text of [file, ...texts]) expect(text).not.toMatch(/ana\.secret|halibut/i);

	const context = await browser.newContext({ offline: true });
	const reader = await context.newPage();
	const faults: string[] = [];
	reader.on("console", (message) => faults.push(message.text()));
	reader.on("pageerror", (error) => faults.push(error.message));
	reader.on("request", (request) => request.url().startsWith("file:") || faults.push(request.url()));
	await reader.goto(pathToFileURL(saved).href);
	await expect(reader.getByRole("heading", { level: 1 })).toContainText(QUESTION);
	await reader.getByRole("tab", { name: "Timeline" }).click();
	const rows = reader.getByRole("list", { name: "Timeline" }).getByRole("listitem");
	await expect(rows.first()).toBeVisible();
	/** How many rows there are: of a list that scrolls only those in view are in the document. */
	const all = reader.getByRole("tab", { name: /^Timeline/ });
	await expect(all).toHaveText(/^Timeline \d+$/);
	const whole = await all.innerText();
	await reader.keyboard.press("j");
	await expect(reader.getByText("Result", { exact: true }).first()).toBeVisible();
	await reader.getByRole("slider", { name: /^Replay/ }).focus();
	await reader.keyboard.press("Home");
	await expect(all).not.toHaveText(whole);
	await reader.getByRole("button", { name: "Play" }).click();
	await expect(all).toHaveText(whole, { timeout: 20_000 });
	await reader.keyboard.press("/");
	await reader.keyboard.type("revalidatetag");
	await expect(reader.getByRole("search").getByRole("status")).toHaveText(/^\d+ places$/);
	await reader.keyboard.press("Enter");
	await expect(reader.locator("[aria-current=step] mark").first()).toHaveText(/revalidateTag/i);
	await reader.getByRole("tab", { name: "Report" }).click();
	await reader
		.getByRole("link", { name: /^Source 1: / })
		.first()
		.click();
	expect(faults).toEqual([]);
	await context.close();
});

test("the palette exports from any pane, and the report is in view then", async ({ page }) => {
	await openAnswered(page, QUESTION);
	await page.keyboard.press("ControlOrMeta+k");
	await page.getByPlaceholder("A run or an action").fill("export the report as markdown");
	const coming = page.waitForEvent("download");
	await page.keyboard.press("Enter");
	expect((await coming).suggestedFilename()).toBe(`${NAME}.md`);
	await expect(page.getByRole("tab", { name: "Report" })).toHaveAttribute("aria-selected", "true");
});

test("what cannot be exported is refused with the reason", async ({ page }) => {
	const runId = await openAnswered(page, QUESTION);
	const at = (path: string) => page.request.get(path);
	expect((await at("/api/runs/none/export/md")).status()).toBe(404);
	expect((await at(`/api/runs/${runId}/export/exe`)).status()).toBe(404);
	const going = await ask(page, MODEL_APP, "How deep is the Challenger Deep?");
	const early = await at(`${MODEL_APP}/api/runs/${going}/export/pdf`);
	expect(early.status()).toBe(409);
	expect((await early.json()).error).toMatch(/no answer to export yet/);

	await page.route(/\/export\/pdf$/, (route) => route.fulfill({ status: 503, json: { error: "No browser here." } }));
	await page.goto(`/runs/${runId}?tab=report`);
	await page.getByRole("button", { name: "Export" }).click();
	await page.getByRole("menuitem", { name: "PDF" }).click();
	await expect(page.getByRole("alert").filter({ hasText: "No browser here." })).toBeVisible();
});

test("a printed report is the report alone, its references with their addresses", async ({ page }) => {
	await openAnswered(page, QUESTION);
	await page.getByRole("tab", { name: "Report" }).click();
	await expect(page.getByRole("region", { name: "References" })).toBeVisible();
	const pdf = await page.pdf({ format: "A4" });
	const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
	expect(text).toContain(QUESTION);
	expect(text.replace(/\s/g, "")).toMatch(/https:\/\/nextjs\.org\/docs/);
	for (const word of ["Timeline", "Compare", "Copy as Markdown", "Export", "calls"]) expect(text).not.toContain(word);
});
