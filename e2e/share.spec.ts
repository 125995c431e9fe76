import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import type { PublishScope } from "../lib/trajectory/snapshot";
import { findings } from "./fixtures/findings";
import { answered } from "./fixtures/in-browser";

const SECRETS = ["ana.secret@example.org", "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD"];
const QUESTION = "What does the revalidateTag function do in Next.js?";
const ROBOTS = "noindex, nofollow, noarchive, nosnippet";

let runId = "";

/** What the store does for the dialog, done from outside the server. */
function inStore(...words: string[]): unknown {
	const args = ["--conditions=react-server", "--import", "tsx", "e2e/fixtures/share-in-child.ts", ...words];
	const env = { ...process.env, DATA_DIR: join(process.env.SOUNDINGS_E2E_DATA ?? "", "plain") };
	return JSON.parse(
		execFileSync(process.execPath, args, { cwd: join(import.meta.dirname, ".."), env, encoding: "utf8" }),
	);
}

const share = (scope: PublishScope, ...more: string[]) =>
	inStore("make", runId, scope, ...more) as { token: string; id: string };

/** A browser that has never seen the workbench. */
async function elsewhere(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
	return (await browser.newContext({ ...options })).newPage();
}

test.beforeAll(async ({ browser }) => {
	const page = await browser.newPage();
	runId = await answered(page, `${QUESTION} Write to ${SECRETS.join(", ")}`);
	await page.close();
});

for (const scope of ["report", "sources", "trajectory"] as const) {
	for (const javaScriptEnabled of scope === "trajectory" ? [true, false] : [false]) {
		const way = javaScriptEnabled ? "with" : "without";
		test(`SHR-06: scope ${scope} shows what it says and nothing of the workbench, ${way} a script`, async ({
			browser,
		}) => {
			const { token } = share(scope);
			const page = await elsewhere(browser, { javaScriptEnabled });
			const answer = await page.goto(`/share/${token}`);
			await expect(page.getByRole("heading", { level: 1 })).toContainText(QUESTION);
			await expect(page.getByText("Built-in engine").first()).toBeVisible();
			await expect(page.getByRole("heading", { name: "References" })).toBeVisible();
			const cite = page.getByRole("link", { name: /^Source 1: / }).first();
			await expect(cite).toHaveAttribute("href", "#source-1");
			await expect(page.locator("summary").filter({ hasText: "as it was read" })).toHaveCount(
				scope === "report" ? 0 : await page.locator("[id^=source-]").count(),
			);
			await expect(page.getByRole("tab", { name: "Timeline" })).toHaveCount(scope === "trajectory" ? 1 : 0);
			const source = (await answer?.text()) ?? "";
			for (const hidden of [runId, ...SECRETS]) expect(source).not.toContain(hidden);
			expect(source).not.toMatch(/\/runs\b|\/compare\b/);
			expect(await page.title()).not.toContain(token);
			const links = await page
				.locator("a")
				.evaluateAll((all) =>
					all.map((link) => [link.getAttribute("href"), link.getAttribute("rel"), link.getAttribute("referrerpolicy")]),
				);
			for (const [href, , policy] of links) {
				expect(href).toMatch(/^(https?:|mailto:|#)/);
				expect(policy).toBeNull();
			}
			const outer = links.filter(([href]) => !href?.startsWith("#"));
			for (const [href, rel] of outer) expect(rel, href ?? "").toContain("noreferrer");
			await page.context().close();
		});
	}
}

test("every step is looked at and replayed, and nothing can be changed", async ({ browser }) => {
	const { token } = share("trajectory");
	const page = await elsewhere(browser);
	await page.goto(`/share/${token}`);
	await page.getByRole("tab", { name: "Timeline" }).click();
	await page.getByRole("button", { name: /^Call 2, / }).click({ force: true });
	const inspector = page.getByRole("complementary", { name: "Call 2" });
	await inspector.getByRole("button", { name: "Show all" }).click();
	await expect(inspector.getByText(/^[\d,]+ characters$/).first()).toBeVisible();
	await page.getByRole("button", { name: "Back one call" }).click();
	const bar = page.getByRole("region", { name: "Replay" });
	await expect(bar).toContainText(/Call \d+ of \d+/i);
	await page.getByRole("button", { name: "Show the end" }).click();
	for (const tab of ["Sources", "Metrics"]) {
		await page.getByRole("tab", { name: tab }).click();
		await expect(page.getByRole("tabpanel", { name: tab })).toBeVisible();
	}
	await page.getByRole("tab", { name: "Sources" }).click();
	await page.getByRole("tabpanel", { name: "Sources" }).getByRole("button").first().click();
	await expect(page.getByRole("dialog")).toContainText(/\w{4}/);
	await page.keyboard.press("Escape");
	for (const name of [/fork/i, /^stop/i, /rename/i, /note/i, /ask/i, /delete/i, /compare/i, /palette|search runs/i])
		await expect(page.getByRole("button", { name })).toHaveCount(0);
	await page.getByRole("tab", { name: "Timeline" }).click();
	await expect(page.getByRole("textbox")).toHaveCount(1);
	await expect(page.getByRole("textbox", { name: "Find in this run" })).toBeVisible();
	await page.keyboard.press("Control+k");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await page.context().close();
});

test("a shared run is looked through where it is read, whole results and all", async ({ browser }) => {
	const { token } = share("trajectory");
	const page = await elsewhere(browser);
	await page.goto(`/share/${token}`);
	await expect(page.getByRole("tab", { name: /^Timeline \d+/ })).toBeVisible();
	const asked: string[] = [];
	page.on("request", (request) => asked.push(new URL(request.url()).pathname));
	await page.keyboard.press("/");
	const field = page.getByRole("textbox", { name: "Find in this run" });
	const count = page.getByRole("search").getByRole("status");
	await expect(field).toBeFocused();
	await page.keyboard.type("revalidatetag");
	await expect(count).toHaveText(/^\d+ places$/);
	await page.keyboard.press("Enter");
	await expect(count).toHaveText(/^1 of \d+$/);
	const current = page.locator("[aria-current=step]");
	await expect(current.locator("mark").first()).toHaveText(/revalidateTag/i);
	await page.keyboard.press("Enter");
	await expect(count).toHaveText(/^2 of \d+$/);
	await page.getByRole("button", { name: /^Previous place/ }).click();
	await expect(count).toHaveText(/^1 of \d+$/);

	const lines = (await (await page.request.get(`/share/${token}/bodies`)).text()).trim().split("\n");
	const texts = lines.map((line) => (JSON.parse(line) as [number, string])[1]);
	const deep = texts.flatMap((text) => text.slice(2000).match(/(?<=\s)[A-Za-z]{4,} [A-Za-z]{3,}/) ?? []);
	expect(deep.length).toBeGreaterThan(0);
	await field.fill(deep[0] ?? "");
	await expect(count).toHaveText(/^\d+ places?$/);
	await field.press("Enter");
	await expect(page.getByRole("complementary").locator("mark").first()).toBeInViewport();
	expect(asked.filter((path) => path.endsWith("/bodies"))).toHaveLength(1);
	expect(asked.every((path) => path.startsWith(`/share/${token}`) || path.startsWith("/_next/"))).toBe(true);

	await field.fill("astrolabe");
	await expect(page.getByText(/“astrolabe” is nowhere in these \d+ calls\./)).toBeVisible();
	await page.context().close();
});

test("B114 SHR-02 SHR-03 SHR-04: what is revoked, expired, cut short or never was is the same 404", async ({
	request,
}) => {
	const gone = share("sources");
	expect((await request.get(`/share/${gone.token}`)).status()).toBe(200);
	inStore("revoke", runId, gone.id);
	const expired = share("report", String(Date.now() - 1000)).token;
	const open = share("report").token;
	const never = "A".repeat(43);
	const asked = [never, gone.token, expired, open.slice(0, -1), `${open}x`, "a".repeat(10_000), "%00", "%E0%A4%A"];
	const bodies = new Set<string>();
	for (const token of [...asked, encodeURIComponent("测深"), "' or 1=1"]) {
		const answer = await request.get(`/share/${token}`);
		expect(answer.status(), token.slice(0, 50)).toBe(404);
		expect(answer.headers()).toMatchObject({ "cache-control": "private, no-store", "x-robots-tag": ROBOTS });
		const text = (await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "");
		bodies.add(text.replaceAll(/nonce="[^"]*"/g, ""));
	}
	expect(bodies.size).toBe(1);
	for (const token of [never, gone.token, expired])
		for (const path of ["part/page/1", "bodies"])
			expect((await request.get(`/share/${token}/${path}`)).status()).toBe(404);
	expect((await request.get(`/share/preview/${gone.id}`)).status()).toBe(404);
});

test("SHR-07: no cache, no search engine and no other site hears of a link; views are counted by page loads", async ({
	browser,
	request,
}) => {
	const { token, id } = share("trajectory");
	const views = () => (inStore("list", runId) as { id: string; views: number }[]).find((one) => one.id === id)?.views;
	const parts = ["", "/bodies", "/part/events", "/part/page/1"].map((rest) => `/share/${token}${rest}`);
	for (const path of [...parts, `/share/preview/${id}`]) {
		const answer = await request.get(path, { headers: { accept: "*/*" } });
		expect(answer.status(), path).toBe(200);
		const { "content-security-policy": policy, ...headers } = answer.headers();
		expect(headers).toMatchObject({
			"cache-control": "private, no-store",
			"x-robots-tag": ROBOTS,
			"referrer-policy": "no-referrer",
		});
		expect(policy).toContain("form-action 'none'");
		expect(policy).toContain("frame-src 'none'");
	}
	await request.head(`/share/${token}`);
	expect(views()).toBe(0);
	const page = await elsewhere(browser);
	await page.goto(`/share/${token}`);
	await page.getByRole("tab", { name: "Timeline" }).click();
	expect(views()).toBe(1);
	const picture = page.locator("meta[property='og:image']");
	await expect(picture).toHaveAttribute("content", `http://127.0.0.1:3105/share/preview/${id}`);
	expect((await request.get(`/share/preview/${id}`)).headers()["content-type"]).toBe("image/png");
	await page.context().close();
});

test("no shared page breaks a rule of accessibility, light or dark", async ({ browser }) => {
	const page = await elsewhere(browser, { colorScheme: "light", reducedMotion: "reduce" });
	for (const scope of ["report", "sources", "trajectory"] as const) {
		await page.goto(`/share/${share(scope).token}`);
		await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
		expect.soft(await findings(page), scope).toEqual([]);
	}
	await page.context().close();
});

test("a link is made in the dialog after its preview, opens for a stranger, and ends when it is revoked", async ({
	page,
	browser,
}) => {
	await page.goto(`/runs/${runId}`);
	await page.getByRole("button", { name: "More", exact: true }).click();
	await page.getByRole("menuitem", { name: "Share…" }).click();
	const dialog = page.getByRole("dialog", { name: "Share this run" });
	await dialog.getByRole("radio", { name: /^Report and sources/ }).click();
	await dialog.getByRole("textbox", { name: "Words to take out" }).fill("revalidatePath");
	await expect(dialog.getByRole("region", { name: "What would leave" })).toContainText(/Taken out: .*chosen word/);
	await expect(dialog.getByText("[removed 1]").first()).toBeVisible();
	await dialog.getByRole("button", { name: "Create link" }).click();
	const address = await dialog.getByRole("textbox", { name: "The new link" }).inputValue();
	expect(address).toMatch(/\/share\/[\w-]{43}$/);

	const stranger = await browser.newPage();
	expect((await stranger.goto(address))?.status()).toBe(200);
	await expect(stranger.locator("body")).toContainText("[removed 1]");
	await expect(stranger.locator("body")).not.toContainText("revalidatePath");

	await dialog.getByRole("button", { name: "Revoke", exact: true }).first().click();
	await dialog.getByRole("button", { name: "Revoke now?" }).click();
	await expect(dialog.getByText(/^Revoked /).first()).toBeVisible();
	expect((await stranger.goto(address))?.status()).toBe(404);
	await stranger.close();
});

test("what was not looked through makes no link: a preview that failed says so, and is looked for again", async ({
	page,
	context,
}) => {
	await page.goto(`/runs/${runId}?tab=report`);
	await page.getByRole("button", { name: "Share", exact: true }).click();
	const dialog = page.getByRole("dialog", { name: "Share this run" });
	const preview = dialog.getByRole("region", { name: "What would leave" });
	await expect(preview).toContainText("kB", { timeout: 20_000 });
	await context.setOffline(true);
	await dialog.getByRole("radio", { name: /^Whole run/ }).click();
	await expect(dialog.getByRole("alert")).toHaveText(/The server did not answer\..*try again/);
	await expect(dialog.getByRole("button", { name: "Create link" })).toBeDisabled();
	await context.setOffline(false);
	await dialog.getByRole("button", { name: "Look again" }).click();
	await expect(preview).toContainText("kB", { timeout: 20_000 });
	await expect(dialog.getByRole("button", { name: "Create link" })).toBeEnabled();
	await expect(dialog.getByRole("alert")).toHaveCount(0);
});
