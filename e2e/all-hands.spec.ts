import { existsSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { fact, MODEL_APP } from "./fixtures/in-browser";

// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a hook needs out of its pattern.
test.beforeEach(({}, info) => {
	info.skip(!existsSync("/usr/bin/bwrap"), "bubblewrap is not installed, so Python is not tested end to end");
});

test("one run searches, reads, draws an attached table with Python, calls an MCP server and asks a sub-agent", async ({
	page,
	request,
}) => {
	test.setTimeout(120_000);
	await page.goto(`${MODEL_APP}/`);
	await page.getByRole("textbox", { name: "Question" }).fill("How are server actions cached? Draw a plot.");
	const table = Buffer.from("place,depth\nTernholm,41\nQuillholm,7\nFernholm,993\n");
	await page
		.locator("[data-chooser=attachments]")
		.setInputFiles({ name: "depths.csv", mimeType: "text/csv", buffer: table });
	await expect(page.getByRole("list", { name: "Attached files" })).toContainText("characters");
	await page.getByRole("radio", { name: /Shallow/ }).click();
	await page.getByRole("button", { name: /^Tools: / }).click();
	const dialog = page.getByRole("dialog", { name: "Tools" });
	await dialog.getByRole("checkbox", { name: "everything" }).click();
	await dialog.getByRole("checkbox", { name: "Sub-agents" }).click();
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: /Start the run/ }).click();
	await page.waitForURL(/\/runs\/[\w-]+/);
	await expect(fact(page, "Calls")).toHaveText("25 of 25", { timeout: 90_000 });
	const id = page.url().split("/").at(-1)?.split("?")[0];
	const { rows } = await (await request.get(`${MODEL_APP}/api/runs/${id}`)).json();
	const fine = rows.filter((row: { status?: string }) => row.status === "ok");
	const names = new Set(fine.map((row: { call: { name: string } }) => row.call.name));
	for (const name of ["google_search", "scrape_and_extract_info", "run_python_code", "echo", "search_and_browse"])
		expect(names, [...names].join(", ")).toContain(name);
	await page.goto(`${MODEL_APP}/runs/${id}?tab=timeline`);
	await expect(page.getByRole("link", { name: "Save depths.csv" }).first()).toBeVisible();
	await page.goto(`${MODEL_APP}/runs/${id}?call=6`);
	const timeline = page.getByRole("list", { name: "Timeline" });
	await expect(timeline).toContainText("File uploaded to /home/user/depths.csv");
	await expect(timeline.getByRole("img", { name: /^figure.*\.png$/ })).toBeVisible();
	await expect(page.getByRole("complementary", { name: /^Call / })).toContainText("sum of 3 depths: 1041");
});
