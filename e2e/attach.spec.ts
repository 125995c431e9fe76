import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { pdfOf, zipOf } from "./fixtures/attached";
import { answered, fact } from "./fixtures/in-browser";

const LOG = "The lighthouse of Quillholm was designed by Ada Featherstone in 1871.";
const DEPTHS = `place,remark
Ternholm,The harbour of Ternholm is 9 fathoms deep.
Quillholm,The harbour of Quillholm is 17 fathoms deep.
`;
const question = (page: Page) => page.getByRole("textbox", { name: "Question" });
const files = (page: Page) => page.getByRole("list", { name: "Attached files" }).getByRole("listitem");
const chooser = (page: Page) => page.locator("[data-chooser=attachments]");

/** Gives files to the page as a drop on the field or a paste into it does. */
async function hand(
	page: Page,
	as: "drop" | "paste",
	[name, text]: [string, string],
	field = "#question",
): Promise<void> {
	await page.evaluate(
		([kind, title, content, selector]) => {
			const data = new DataTransfer();
			data.items.add(new File([content ?? ""], title ?? ""));
			const box = document.querySelector(selector ?? "");
			if (kind === "paste") box?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
			else
				for (const type of ["dragenter", "dragover", "drop"])
					box?.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
		},
		[as, name, text, field],
	);
}

test("files are attached, survive a reload, are read by the run, listed with it and saved from it", async ({
	page,
}) => {
	await page.goto("/");
	await chooser(page).setInputFiles([
		{ name: "log.pdf", mimeType: "application/pdf", buffer: pdfOf(LOG) },
		{ name: "scan.pdf", mimeType: "application/pdf", buffer: pdfOf("") },
		{ name: "old.doc", mimeType: "application/msword", buffer: Buffer.from("x") },
	]);
	await expect(files(page).filter({ hasText: "log.pdf" })).toContainText(/\d+ characters/);
	await expect(files(page).filter({ hasText: "scan.pdf" })).toContainText("it is a scan. Run text recognition");
	await expect(files(page).filter({ hasText: "old.doc" })).toContainText("Save it as .docx, .xlsx, .pptx or PDF");
	const { violations } = await new AxeBuilder({ page }).include("form").analyze();
	expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);

	await question(page).fill("Who designed the lighthouse of Quillholm?");
	await page.getByRole("button", { name: "Start the run" }).click();
	await expect(page.getByRole("alert").filter({ hasText: "Some files could not be attached" })).toBeVisible();
	await page.getByRole("button", { name: "Remove scan.pdf" }).click();
	await page.getByRole("button", { name: "Remove old.doc" }).click();
	await hand(page, "drop", ["notes.md", "# Notes\n\nKept by hand."]);
	await hand(page, "paste", ["pasted.csv", "place,depth\nTernholm,41"]);
	await expect(files(page)).toHaveCount(3);
	await expect(files(page).filter({ hasText: "pasted.csv" })).toContainText("characters");
	await expect(files(page).filter({ hasText: "notes.md" })).toContainText("characters");

	await page.reload();
	await expect(files(page)).toHaveCount(3);
	await expect(question(page)).toHaveValue("Who designed the lighthouse of Quillholm?");
	await page.getByRole("button", { name: "Start the run" }).click();
	await page.waitForURL(/\/runs\/[\w-]+/);
	await expect(fact(page, "Status")).toHaveText("Answered", { timeout: 60_000 });
	await page.getByRole("tab", { name: /Report/ }).click();
	await expect(page.getByText("Ada Featherstone").first()).toBeVisible();

	await page.getByRole("tab", { name: /Timeline/ }).click();
	const download = page.waitForEvent("download");
	await page.getByRole("link", { name: "Save log.pdf" }).first().click();
	const saved = await download;
	expect(saved.suggestedFilename()).toBe("log.pdf");
	expect(readFileSync(await saved.path())).toEqual(pdfOf(LOG));

	await page.goto("/");
	await expect(files(page)).toHaveCount(0);
});

test("a further question brings files of its own: kept over a reload, read by the run, cited, shown with it and saved", async ({
	page,
}) => {
	const parent = await answered(page, "What does the revalidateTag function do in Next.js?");
	await page.goto(`/runs/${parent}?tab=report`);
	const further = page.getByRole("textbox", { name: "Ask a further question" });
	const ask = page.getByRole("button", { name: /^Ask/ });
	await further.fill("How many fathoms deep is the harbour of Quillholm?");
	await chooser(page).setInputFiles([
		{ name: "depths.csv", mimeType: "text/csv", buffer: Buffer.from(DEPTHS) },
		{ name: "old.doc", mimeType: "application/msword", buffer: Buffer.from("x") },
	]);
	await expect(files(page).filter({ hasText: "depths.csv" })).toContainText("characters");
	await ask.click();
	await expect(page.getByRole("alert").filter({ hasText: "Some files could not be attached" })).toBeVisible();
	await page.getByRole("button", { name: "Remove old.doc" }).click();
	await hand(page, "drop", ["notes.md", "Kept by hand."], "#follow-up");
	await hand(page, "paste", ["pasted.md", "Pasted."], "#follow-up");
	await expect(files(page).filter({ hasText: "notes.md" })).toContainText("characters");
	await expect(files(page).filter({ hasText: "pasted.md" })).toContainText("characters");
	const { violations } = await new AxeBuilder({ page }).include("article form").analyze();
	expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
	await page.getByRole("tab", { name: /Sources/ }).click();
	await page.getByRole("tab", { name: /Report/ }).click();
	await expect(files(page)).toHaveCount(3);
	await page.goto("/");
	await expect(question(page)).toBeEnabled();
	await expect(files(page)).toHaveCount(0);

	await page.goto(`/runs/${parent}?tab=report`);
	await expect(files(page)).toHaveCount(3);
	await expect(further).toHaveValue("How many fathoms deep is the harbour of Quillholm?");
	await page.getByRole("button", { name: "Remove pasted.md" }).click();
	await ask.click();
	await page.waitForURL((url) => url.pathname.startsWith("/runs/") && !url.pathname.endsWith(parent));
	await expect(fact(page, "Status")).toHaveText(/answer/i, { timeout: 30_000 });
	await page.getByRole("button", { name: "See its own part" }).click();
	await expect(page.getByRole("list", { name: "Timeline" }).getByRole("list", { name: "Attached files" })).toHaveText(
		"depths.csvnotes.md",
	);

	await page.getByRole("tab", { name: /Report/ }).click();
	const thread = page.getByRole("region", { name: "What was asked before" });
	await expect(thread.getByRole("link", { name: /^Save / })).toHaveText(["depths.csv", "notes.md"]);
	const cited = page.getByRole("article").getByRole("button", { name: /^Citation \d+: .*depths\.csv/ });
	await expect(page.getByRole("article")).toContainText("17 fathoms");
	await cited.first().click();
	await expect(page.getByRole("dialog")).toContainText("The harbour of Quillholm is 17 fathoms deep");
	await page.keyboard.press("Escape");
	const download = page.waitForEvent("download");
	await thread.getByRole("link", { name: "Save depths.csv" }).click();
	expect(readFileSync(await (await download).path(), "utf8")).toBe(DEPTHS);

	await page.goto(`/runs/${parent}?tab=report`);
	await expect(further).toHaveValue("");
	await expect(files(page)).toHaveCount(0);
});

test("what is too much is said, and a hostile archive harms nobody", async ({ page, request }) => {
	await page.goto("/");
	await chooser(page).setInputFiles({
		name: "bomb.zip",
		mimeType: "application/zip",
		buffer: zipOf({ "../../evil.txt": "x" }),
	});
	await expect(files(page)).toContainText("a path that leads out of it");
	await page.getByRole("button", { name: "Remove bomb.zip" }).click();
	const many = Array.from({ length: 11 }, (_, n) => ({
		name: `${n}.txt`,
		mimeType: "text/plain",
		buffer: Buffer.from(`Note ${n}`),
	}));
	await chooser(page).setInputFiles(many);
	await expect(page.getByRole("alert").filter({ hasText: "At most 10 files. 10.txt was left out" })).toBeVisible();
	await expect(files(page)).toHaveCount(10);

	const foreign = await request.post("/api/attachments?name=a.txt", {
		data: "x",
		headers: { origin: "http://evil.test" },
	});
	expect(foreign.status()).toBe(403);
});
