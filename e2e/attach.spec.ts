import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { pdfOf, zipOf } from "./fixtures/attached";
import { fact } from "./fixtures/in-browser";

const LOG = "The lighthouse of Quillholm was designed by Ada Featherstone in 1871.";
const question = (page: Page) => page.getByRole("textbox", { name: "Question" });
const files = (page: Page) => page.getByRole("list", { name: "Attached files" }).getByRole("listitem");
const chooser = (page: Page) => page.locator("[data-chooser=attachments]");

/** Gives files to the page as a drop or a paste does. */
async function hand(page: Page, as: "drop" | "paste", name: string, text: string): Promise<void> {
	await page.evaluate(
		([kind, title, content]) => {
			const data = new DataTransfer();
			data.items.add(new File([content ?? ""], title ?? ""));
			const box = document.querySelector("#question");
			if (kind === "paste") box?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
			else
				for (const type of ["dragenter", "dragover", "drop"])
					box?.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
		},
		[as, name, text],
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
	await expect(files(page).filter({ hasText: "old.doc" })).toContainText("Save it as .docx, .xlsx or PDF");
	const { violations } = await new AxeBuilder({ page }).include("form").analyze();
	expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);

	await question(page).fill("Who designed the lighthouse of Quillholm?");
	await page.getByRole("button", { name: "Start the run" }).click();
	await expect(page.getByRole("alert").filter({ hasText: "Some files could not be attached" })).toBeVisible();
	await page.getByRole("button", { name: "Remove scan.pdf" }).click();
	await page.getByRole("button", { name: "Remove old.doc" }).click();
	await hand(page, "drop", "notes.md", "# Notes\n\nKept by hand.");
	await hand(page, "paste", "pasted.csv", "place,depth\nTernholm,41");
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
