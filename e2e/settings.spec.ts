import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { research } from "./vllm/policies";
import { type StandIn, startStandIn } from "./vllm/server";

test.describe.configure({ mode: "serial" });

/** The server whose model stands in its environment. */
const MODEL_APP = "http://127.0.0.1:3107";
const KEY = "sk-planted-in-the-browser-7431";
/** The stand-in of E2B, which takes the same key. */
const E2B = "http://127.0.0.1:3109";
const WRONG = "http://127.0.0.1:59997/v1";

let model: StandIn;

test.beforeAll(async () => {
	model = await startStandIn({
		policy: research(2),
		model: "settings-test",
		apiKey: KEY,
		contextTokens: 32_768,
	});
});
test.afterAll(() => model.close());
test.afterEach(async ({ page }) => {
	await page.goto("/settings");
	await expect(async () => {
		const back = page.getByRole("button", { name: /^(Back to what is usual|Forget): / });
		if ((await back.count()) > 0) await back.first().click();
		await expect(back).toHaveCount(0, { timeout: 300 });
	}).toPass();
});

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const save = (page: Page, name: string) => section(page, name).getByRole("button", { name: "Save" }).click();

test("a model's address and key are saved, probed, and used by the next run; the key is never seen again", async ({
	page,
}) => {
	const bodies: Promise<string>[] = [];
	page.on("response", (response) => {
		bodies.push(
			response.text().then(
				(text) => text,
				() => "",
			),
		);
	});
	await page.goto("/settings");
	await field(page, "Address").fill(`${model.url}/v1`);
	await field(page, "Key").fill(KEY);
	await save(page, "Model");
	const shown = section(page, "Model");
	await expect(shown.getByText("Saved. It holds for runs that begin from now on.")).toBeVisible();
	await expect(shown.getByText("Works", { exact: true })).toBeVisible({ timeout: 20_000 });
	await expect(shown.getByText("settings-test, window 32,768 tokens")).toBeVisible();
	await expect(shown.getByText("Replies stream.")).toBeVisible();
	await expect(field(page, "Key")).toHaveValue("");
	await expect(field(page, "Key")).toHaveAttribute("placeholder", "Set here, ends in …7431");
	await expect(shown.getByText("KV cache in use")).toBeVisible();

	await page.goto("/");
	await page.getByRole("textbox", { name: "Question" }).fill("How deep is the deepest sounding made with hemp rope?");
	const before = model.requests.length;
	await page.getByRole("button", { name: /Start the run/ }).click();
	await page.waitForURL(/\/runs\/[\w-]+/);
	await expect.poll(() => model.requests.length, { timeout: 20_000 }).toBeGreaterThan(before);
	await page.goto("/settings");
	await expect(field(page, "Key")).toBeVisible();

	const texts = await Promise.all(bodies);
	expect(texts.filter((text) => text.includes("settings-test")).length).toBeGreaterThan(0);
	expect(texts.filter((text) => text.includes(KEY))).toEqual([]);
	const folder = join(process.env.SOUNDINGS_E2E_DATA ?? "", "plain");
	const files = readdirSync(folder).filter((name) => name.startsWith("soundings.db"));
	expect(files.filter((name) => readFileSync(join(folder, name)).includes("LLM_API_KEY")).length).toBeGreaterThan(0);
	expect(files.filter((name) => readFileSync(join(folder, name)).includes(KEY))).toEqual([]);

	await field(page, "Address").fill(WRONG);
	await save(page, "Model");
	await expect(section(page, "Model").getByText(/entered for another address: Key\./)).toBeVisible();
	await expect(field(page, "Key")).toHaveAttribute("placeholder", "Not set");
});

test("a wrong address is told exactly, with what mends it; a wrong word is refused and the old value kept", async ({
	page,
}) => {
	await page.goto("/settings");
	await field(page, "Address").fill(WRONG);
	await save(page, "Model");
	const shown = section(page, "Model");
	await expect(shown.getByText("Does not work")).toBeVisible({ timeout: 20_000 });
	await expect(
		shown.getByText(/Nothing answers at http:\/\/127\.0\.0\.1:59997\/v1: the connection is refused/),
	).toBeVisible();
	await expect(shown.getByText(/Start the model server, or mend LLM_BASE_URL/)).toBeVisible();

	await field(page, "Address").fill("127.0.0.1:8000");
	await field(page, "Address").press("Enter");
	await expect(shown.getByRole("alert")).toContainText(
		'LLM_BASE_URL: "127.0.0.1:8000" is not an http(s) address (example: LLM_BASE_URL=http://127.0.0.1:8000/v1). The old value is kept.',
	);
	await page.reload();
	await expect(field(page, "Address")).toHaveValue(WRONG);
	await page.getByRole("button", { name: "Back to what is usual: Address" }).click();
	await expect(field(page, "Address")).toHaveValue("");
});

test("what the environment sets is shown, read only, with its variable", async ({ page }) => {
	await page.goto("/settings");
	await expect(field(page, "SearXNG address")).toHaveValue("http://127.0.0.1:3106");
	await expect(field(page, "SearXNG address")).toHaveAttribute("readonly");
	await expect(section(page, "Search").getByText("From the environment: SEARXNG_URL")).toBeVisible();
	await section(page, "Search").getByRole("button", { name: "Test SearXNG" }).click();
	await expect(section(page, "Search").getByText("SearXNG answers.")).toBeVisible();
	await section(page, "Search").getByRole("button", { name: "Test Tavily" }).click();
	await expect(section(page, "Search").getByText("TAVILY_API_KEY is not set.")).toBeVisible();

	await page.goto(`${MODEL_APP}/settings`);
	await expect(field(page, "Model")).toHaveAttribute("readonly");
	await expect(field(page, "Key")).toBeDisabled();
	await expect(section(page, "Model").getByText(/Without SETTINGS_KEY no key is kept here/)).toBeVisible();
	await expect(section(page, "Model").getByText("KV cache in use")).toBeVisible();
	await section(page, "MCP servers")
		.getByRole("button", { name: /^Test / })
		.first()
		.click();
	await expect(section(page, "MCP servers").getByText(/It offers \d+ tools/)).toBeVisible({ timeout: 30_000 });
});

test("depth and preset of nobody's choice stand chosen in the composer", async ({ page }) => {
	await page.goto("/settings");
	await page.getByRole("combobox", { name: "Depth", exact: true }).click();
	await page.getByRole("option", { name: "300" }).click();
	await save(page, "Runs");
	await expect(section(page, "Runs").getByText("Saved. It holds for runs that begin from now on.")).toBeVisible();
	await page.goto("/");
	await expect(page.getByRole("radio", { name: /Up to 300 calls/ })).toBeChecked();
});

test("a page is read by way of trial, and Python tried", async ({ page }) => {
	await page.goto("/settings");
	await field(page, "Address of a page to read").fill("http://127.0.0.1:3106/");
	await field(page, "Address of a page to read").press("Enter");
	await expect(section(page, "Reading").getByText(/^Read "/)).toBeVisible();
	await field(page, "Address of a page to read").fill("http://127.0.0.1:22/");
	await field(page, "Address of a page to read").press("Enter");
	await expect(section(page, "Reading").getByText("Does not work")).toBeVisible();
	await section(page, "Python").getByRole("button", { name: "Test the sandbox" }).click();
	await expect(section(page, "Python").getByText(/^(Works|Does not work)$/)).toBeVisible({ timeout: 30_000 });
});

test("with a key of E2B Python runs there; a wrong one is named, and Python runs on this machine", async ({
	page,
	request,
}) => {
	await page.goto("/settings");
	const python = section(page, "Python");
	await field(page, "E2B key").fill(KEY);
	await save(page, "Python");
	await expect(python.getByText("Saved. It holds for runs that begin from now on.")).toBeVisible();
	await python.getByRole("button", { name: "Test the sandbox" }).click();
	await expect(python.getByText(/Python 3\.\d+\.\d+ runs in E2B\./)).toBeVisible({ timeout: 30_000 });
	await expect(field(page, "E2B key")).toHaveAttribute("placeholder", "Set here, ends in …7431");
	await expect
		.poll(async () => {
			const { created, ended } = await (await request.get(`${E2B}/__seen`)).json();
			return created.length > 0 && created.length === ended.length;
		})
		.toBe(true);
	await page.goto("/");
	await expect(page.getByText(/Python 3\.\d+\.\d+ in an E2B sandbox/)).toBeVisible({ timeout: 15_000 });
	await page.goto("/settings");
	await field(page, "E2B key").fill("sk-not-the-one-it-knows");
	await save(page, "Python");
	await expect(python.getByText("Saved. It holds for runs that begin from now on.")).toBeVisible();
	await python.getByRole("button", { name: "Test the sandbox" }).click();
	await expect(python.getByText("E2B refuses the key. Check E2B_API_KEY.")).toBeVisible({ timeout: 30_000 });
	await expect(python.getByText(/runs in (bubblewrap\.|a container)/)).toBeVisible();
});

test("the page fits a phone, and is found from the palette", async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto("/");
	await page.keyboard.press("Control+k");
	const palette = page.getByRole("combobox", { name: "Search runs and actions" });
	await palette.fill("Settings");
	await palette.press("Enter");
	await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
	await expect(page).toHaveURL(/\/settings$/);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
