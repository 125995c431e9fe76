import { expect, type Page, test } from "@playwright/test";

test.describe.configure({ mode: "serial" });

type Chosen = { name: string; text: string };

/** Chooses files as the button does, and sends them to a collection. */
async function add(page: Page, collection: string, files: readonly Chosen[]): Promise<void> {
	await page.goto("/library");
	await page
		.locator("[data-chooser=files]")
		.setInputFiles(files.map(({ name, text }) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) })));
	await page.getByLabel("Collection", { exact: true }).fill(collection);
	await page
		.getByRole("dialog")
		.getByRole("button", { name: /^Add \d+ files?$/ })
		.click();
}

const row = (page: Page, list: string, text: string) =>
	page.getByRole("list", { name: list }).getByRole("listitem").filter({ hasText: text });

test("files come in, those that cannot be read say why, and a search ranks what came in", async ({ page }) => {
	await add(page, "Hydrography", [
		{ name: "hemp.md", text: "# Hemp lines\n\nThe quillwort line of hemp was marked in fathoms." },
		{ name: "wire.txt", text: "Piano wire sinks faster than a quillwort line." },
		{ name: "blank.md", text: "   " },
		{ name: "chart.png", text: "no picture" },
	]);
	await expect(page.getByText("2 added · 1 not added")).toBeVisible({ timeout: 20_000 });
	await expect(page.getByText("There is no text in it.")).toBeVisible();
	await page.getByRole("button", { name: "Try again: blank.md" }).click();
	await expect(page.getByText("There is no text in it.")).toBeVisible();
	await page.reload();
	await expect(page.getByText("There is no text in it.")).toBeVisible();
	await page.getByRole("button", { name: "Take blank.md off the list" }).click();
	await expect(page.getByText("There is no text in it.")).toBeHidden();

	await page.keyboard.press("/");
	await page.keyboard.type("quillwort fathoms zyzzyva");
	await page.keyboard.press("Enter");
	await expect(page.getByText(/In no document: zyzzyva/)).toBeVisible();
	const first = page.getByRole("listitem").filter({ hasText: "Rank 1" });
	await expect(first).toContainText("Hemp lines");
	await expect(first.locator("mark")).toHaveText(["quillwort", "fathoms"]);
	await first.getByRole("link").click();
	await expect(page.getByRole("heading", { name: "Hemp lines" })).toBeVisible();
	await expect(page.getByText("library://Hydrography/hemp.md")).toBeVisible();

	await page.goto("/library?q=zyzzyva");
	await expect(page.getByText(/No document holds “zyzzyva”/)).toBeVisible();
	await page.goto("/library?q=quillwort&in=AI+SDK+docs");
	await page.getByRole("link", { name: "Search all collections" }).click();
	await expect(page.getByRole("listitem").filter({ hasText: "Rank 2" })).toBeVisible();
});

test("what stays out is told before anything is sent", async ({ page }) => {
	await page.goto("/library");
	await page.locator("[data-chooser=files]").setInputFiles([
		{ name: "big.txt", mimeType: "text/plain", buffer: Buffer.alloc(20_000_001, "x") },
		{ name: "chart.png", mimeType: "image/png", buffer: Buffer.from("x") },
	]);
	const dialog = page.getByRole("dialog");
	await expect(dialog).toContainText("None of these files can be added");
	await expect(dialog).toContainText("1 file is larger than 20 MB (200 MB for .jsonl): big.txt.");
	await expect(dialog).toContainText("1 file of a kind that is not read (chart.png).");
});

test("a document and a collection are removed and taken back; a name changes", async ({ page }) => {
	await page.goto("/library?in=Hydrography");
	await page.getByRole("button", { name: "Remove Hemp lines" }).click();
	await expect(page.getByRole("status").filter({ hasText: "1 document removed." })).toBeVisible();
	await expect(row(page, "Documents", "Hemp lines")).toBeHidden();
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(row(page, "Documents", "Hemp lines")).toBeVisible();

	await page.getByRole("button", { name: "Actions for Hydrography" }).click();
	await page.getByRole("menuitem", { name: "Rename" }).click();
	await page.getByRole("textbox", { name: "New name" }).fill("AI SDK docs");
	await page.getByRole("button", { name: "Save" }).click();
	await expect(page.getByText("There is a collection of that name already.")).toBeVisible();
	await page.getByRole("textbox", { name: "New name" }).fill("Sea charts");
	await page.getByRole("button", { name: "Save" }).click();
	await expect(page.getByRole("heading", { name: "Sea charts" })).toBeVisible();
	await expect(row(page, "Documents", "library://Sea charts/hemp.md")).toBeVisible();

	await page.getByRole("button", { name: "Actions for Sea charts" }).click();
	await page.getByRole("menuitem", { name: "Remove" }).click();
	await expect(page).toHaveURL(/\/library$/);
	await expect(row(page, "All collections", "Sea charts")).toBeHidden();
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(row(page, "All collections", "Sea charts")).toContainText("2 documents");
	await page.getByRole("button", { name: "Actions for Sea charts" }).click();
	await page.getByRole("menuitem", { name: "Remove" }).click();
	await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
	await expect(page.getByRole("button", { name: "Undo" })).toBeHidden({ timeout: 15_000 });
	await page.reload();
	await expect(row(page, "All collections", "Sea charts")).toBeHidden();
});

test("a file is read though the tab is closed, and a long list has pages with addresses", async ({ browser, page }) => {
	const rows = Array.from({ length: 120 }, (_, n) =>
		JSON.stringify({ id: n, title: `Note ${String(n).padStart(3, "0")}`, text: "A long list of notes." }),
	);
	const other = await browser.newPage();
	const sent = other.waitForResponse((response) => response.url().includes("/api/library?"));
	await add(other, "Long list", [{ name: "rows.jsonl", text: rows.join("\n") }]);
	expect((await sent).status()).toBe(202);
	await other.close();
	await expect(async () => {
		await page.goto("/library?in=Long+list");
		await expect(page.getByText("1–50 of 120 documents")).toBeVisible({ timeout: 1000 });
	}).toPass({ timeout: 20_000 });
	await page.getByRole("heading", { name: "Long list" }).click();
	await page.keyboard.press("]");
	await expect(page).toHaveURL(/page=2/);
	await page.getByRole("link", { name: "Next" }).click();
	await expect(row(page, "Documents", "Note 119")).toBeVisible();
	await expect(page.getByText("101–120 of 120 documents")).toBeVisible();
});

test("only our own page may send a file", async ({ request, baseURL }) => {
	const send = (headers: Record<string, string>) =>
		request.post("/api/library?collection=Strange&name=a.md", { data: "words", headers });
	expect((await send({ origin: "https://evil.test" })).status()).toBe(403);
	expect((await send({ origin: baseURL ?? "", host: "evil.test" })).status()).toBe(421);
	const other = await request.post("/api/library?collection=Strange&name=a.exe", {
		data: "words",
		headers: { origin: baseURL ?? "" },
	});
	expect(other.status()).toBe(415);
	expect((await request.get("/", { headers: { host: "evil.test" } })).status()).toBe(421);
});
