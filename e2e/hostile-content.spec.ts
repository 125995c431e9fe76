import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { harm, NAUGHTY, SHADOWS, SMUGGLED } from "./fixtures/harm";
import { ask, fact, MODEL_APP } from "./fixtures/in-browser";
import { APP_ORIGIN, send } from "./fixtures/raw-request";
import { serveWeb, type WebServer } from "./fixtures/web-server";
import { testData } from "./test-data";

const LIST = testData("security-cases/xss-payload-list.txt");

let evil: WebServer;
let runs: string[] = [];
let shares: string[] = [];

/** The store, from outside the server. */
function inStore(...words: string[]): string {
	const args = ["--conditions=react-server", "--import", "tsx", "e2e/fixtures/seed-harm.ts", ...words];
	const env = { ...process.env, DATA_DIR: join(process.env.SOUNDINGS_E2E_DATA ?? "", "plain") };
	return execFileSync(process.execPath, args, { cwd: join(import.meta.dirname, ".."), env, encoding: "utf8" });
}

test.beforeAll(async () => {
	evil = await serveWeb((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("evil"));
	const seeded = JSON.parse(inStore(evil.url, ...(LIST ? [LIST] : []))) as { runs: string[]; shares: string[] };
	runs = seeded.runs;
	shares = seeded.shares;
});

test.afterAll(async () => {
	inStore("remove", ...runs);
	await evil.close();
});

const hits = () => evil.hits.map(({ url }) => url);

/** A page that notes whatever content must not make it do. */
async function watched(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}) {
	const page = await (await browser.newContext(options)).newPage();
	const faults: string[] = [];
	page.on("dialog", (dialog) => {
		faults.push(`dialog ${dialog.message()}`);
		void dialog.dismiss();
	});
	page.on("request", (request) => {
		if (!/^(?:data|blob):/.test(request.url()) && ![APP_ORIGIN, MODEL_APP].includes(new URL(request.url()).origin))
			faults.push(`request ${request.url()}`);
	});
	page.on("console", (message) => {
		if (message.type() === "error") faults.push(`console ${message.text()}`);
	});
	page.on("pageerror", (error) => faults.push(`error ${error.message}`));
	page.on("popup", () => faults.push("popup"));
	await page.exposeFunction("planted", () => faults.push("a planted script ran"));
	return { page, faults };
}

type Attribute = { tag: string; name: string; value: string };

/** React itself marks a form so, until its scripts are there. */
const OWN = /^javascript:throw new Error\('(?:A )?React form/;
const isActive = (value: string) => !OWN.test(value) && /^\W*(?:java|vb)script|^data:text/i.test(value);

/** Attributes that no text may bring, by name and value. */
const FORBIDDEN: [RegExp, (value: string) => boolean][] = [
	[/^on/, () => true],
	[/^(?:style|class)$/, (value) => value.includes(SMUGGLED)],
	[/^(?:id|name)$/, (value) => SHADOWS.includes(value)],
	[/^(?:href|src|action|data|formaction|xlink:href)$/, isActive],
	[/^tag$/, (value) => /^(?:iframe|object|embed|base|marquee|math|video|audio|x-y)$/i.test(value)],
	[/^sheet$/, (value) => value.includes(SMUGGLED)],
];

/** What content has brought into the document that is not a text. */
async function brought(page: Page): Promise<string[]> {
	const all = await page.evaluate(() =>
		[...document.querySelectorAll("*")].flatMap((element): Attribute[] => {
			const tag = element.tagName;
			const sheet = tag === "STYLE" ? [{ tag, name: "sheet", value: element.textContent ?? "" }] : [];
			const attributes = [...element.attributes].map(({ name, value }) => ({ tag, name, value }));
			return [{ tag, name: "tag", value: tag }, ...sheet, ...attributes];
		}),
	);
	const isWhole = await page.evaluate(
		() => !("polluted" in {}) && document.location === location && !!document.body.tagName,
	);
	const found = all.filter(({ name, value }) =>
		FORBIDDEN.some(([known, isWrong]) => known.test(name) && isWrong(value)),
	);
	return [...found.map(({ tag, name, value }) => `${tag} ${name}=${value}`), ...(isWhole ? [] : ["the document"])];
}

async function expectCalm(page: Page, faults: readonly string[]): Promise<void> {
	expect.soft(await brought(page), page.url()).toEqual([]);
	const { wide, shown } = await page.evaluate(() => ({
		wide: document.documentElement.scrollWidth,
		shown: innerWidth,
	}));
	expect.soft(wide, `width of ${page.url()}`).toBeLessThanOrEqual(shown);
	expect.soft(faults, page.url()).toEqual([]);
	expect.soft(hits(), page.url()).toEqual([]);
}

test("XSS-01 INJ-03 XSS-11 B061: in no pane of a run does a text do more than be read", async ({ browser }) => {
	const { page, faults } = await watched(browser);
	await page.goto(`${APP_ORIGIN}/runs/${runs[0]}?call=1`);
	const beside = page.getByRole("complementary");
	await expect(beside.getByText("<script>planted()</script>").first()).toBeVisible();
	await expectCalm(page, faults);
	for (const name of [/^Report/, /^Sources/, /^Context/, /^Metrics/, /^Timeline/]) {
		await page.getByRole("tab", { name }).click();
		await expect(page.getByRole("tabpanel", { name })).toBeVisible();
		await expectCalm(page, faults);
	}
	await page.context().close();
});

test("XSS-01: nor does any of a public list of payloads, shown whole as a result", async ({ browser }) => {
	test
		.info()
		.skip(LIST === undefined, "The public list of payloads is not here; SOUNDINGS_TEST_DATA names its folder.");
	const { page, faults } = await watched(browser);
	await page.goto(`${APP_ORIGIN}/runs/${runs[0]}?call=1`);
	const heading = page.getByRole("heading", { name: "Result", exact: true });
	const result = page.getByRole("complementary").locator("section").filter({ has: heading });
	await result.getByRole("button", { name: "Show all" }).click();
	const more = result.getByRole("button", { name: "Show more" });
	await expect(more).toBeVisible();
	await expectCalm(page, faults);
	await more.click();
	await expect(result).toContainText("onerror");
	await expectCalm(page, faults);
	await page.context().close();
});

test("XSS-01: nor in the lists, the comparison, the search, or in a title and tags", async ({ browser }) => {
	const { page, faults } = await watched(browser);
	for (const path of ["/", "/runs", `/compare?a=${runs[0]}&b=${runs[1]}`]) {
		await page.goto(APP_ORIGIN + path);
		await expect(page.getByText("<img src=x onerror=planted()>").first()).toBeVisible();
		await expectCalm(page, faults);
	}
	await page.goto(`${APP_ORIGIN}/runs?q=${encodeURIComponent('"><img src=x onerror=planted()>')}`);
	await expect(page.getByRole("searchbox", { name: "Search questions" })).toHaveValue(/onerror/);
	await expectCalm(page, faults);
	await page.context().close();
});

for (const javaScriptEnabled of [true, false]) {
	const way = javaScriptEnabled ? "with" : "without";
	test(`XSS-01 INJ-03: nor in a shared page ${way} a script`, async ({ browser }) => {
		const { page, faults } = await watched(browser, { javaScriptEnabled });
		for (const token of shares) {
			await page.goto(`${APP_ORIGIN}/share/${token}`);
			await expect(page.getByRole("heading", { name: "References" })).toBeVisible();
			expect.soft(faults).toEqual([]);
			expect.soft(hits()).toEqual([]);
			expect.soft(await page.content()).not.toMatch(/<(?:img|iframe|object|embed|base|video)\b/i);
		}
		await page.context().close();
	});
}

test("XSS-07: ids, names and notes that shadow the page's own are nobody's, and the page works", async ({
	browser,
}) => {
	const { page, faults } = await watched(browser);
	await page.goto(`${APP_ORIGIN}/runs/${runs[0]}?tab=report`);
	const report = page.getByRole("tabpanel", { name: /^Report/ });
	await expect(report.getByRole("heading", { name: "constructor" })).toBeVisible();
	const ids = await report.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
	expect(ids.filter((id) => id.startsWith("user-content-fn-")).length).toBeGreaterThan(2);
	expect(ids.filter((id) => SHADOWS.includes(id))).toEqual([]);
	await page.getByRole("tab", { name: /^Timeline/ }).click();
	await page.keyboard.press("j");
	await expect(page.getByRole("complementary")).toBeVisible();
	await expectCalm(page, faults);
	await page.context().close();
});

test("XSS-09: nor while it is written, letter by letter, as a thought and as an answer", async ({ browser }) => {
	const { page, faults } = await watched(browser);
	await ask(page, MODEL_APP, `Say after me: ${harm(evil.url)}\n\nThat is all.`);
	await page.getByRole("tab", { name: /^Report/ }).click();
	let looks = 0;
	await expect
		.poll(
			async () => {
				expect(await brought(page)).toEqual([]);
				looks++;
				return fact(page, "Status").innerText();
			},
			{ timeout: 20_000, intervals: [20] },
		)
		.toMatch(/answer/i);
	expect(looks).toBeGreaterThan(2);
	await expect(page.getByRole("tabpanel", { name: /^Report/ })).toContainText("constructor");
	await expectCalm(page, faults);
	await page.context().close();
});

test("B083 B084: naughty and odd strings are shown as they are and leave the page in its shape", async ({
	browser,
}) => {
	const { page, faults } = await watched(browser, { viewport: { width: 390, height: 844 } });
	await page.goto(`${APP_ORIGIN}/runs/${runs[1]}`);
	await expect(page.getByRole("heading", { level: 1 })).toContainText("true; DROP TABLE runs;--");
	await expectCalm(page, faults);
	await page.goto(`${APP_ORIGIN}/runs`);
	await expect(page.getByText("الكل في المجموعة").first()).toBeAttached();
	await expectCalm(page, faults);
	for (const text of NAUGHTY.filter((_, at) => at % 4 === 0)) {
		const query = new URLSearchParams({ q: text, tag: text });
		const answer = await send({ path: `/runs?${query}` });
		expect(answer.status, text.slice(0, 40)).toBe(200);
	}
	await page.context().close();
});

test("INJ-10 SHR-08: a link out tells nothing of where it stood, and says where it leads", async ({ browser }) => {
	const { page } = await watched(browser);
	await page.goto(`${APP_ORIGIN}/share/${shares[1]}`);
	const links = await page.locator("a[href^='http']").evaluateAll((all) =>
		all.map((link) => ({
			rel: link.getAttribute("rel"),
			policy: link.getAttribute("referrerpolicy"),
			host: new URL((link as HTMLAnchorElement).href).host,
			around: link.parentElement?.parentElement?.textContent ?? "",
		})),
	);
	expect(links.length).toBeGreaterThan(2);
	for (const { rel, policy, host, around } of links) {
		expect(rel).toBe("noopener noreferrer nofollow ugc");
		expect(policy).toBeNull();
		expect(around).toContain(host);
	}
	const opening = page.waitForEvent("popup");
	await page.locator(`a[href^='${evil.url}']`).first().click();
	const opened = await opening;
	await opened.waitForLoadState();
	expect(await opened.evaluate(() => [document.referrer, window.opener])).toEqual(["", null]);
	const [asked] = evil.hits.splice(0);
	expect(asked?.headers.referer).toBeUndefined();
	expect(asked?.url).not.toContain(shares[1]);
	await page.context().close();
	evil.hits.length = 0;
});

test("SSRF-14: names told in headers lead no request of the server anywhere", async ({ browser }) => {
	const host = evil.host;
	const told = {
		"x-forwarded-host": host,
		"x-forwarded-proto": "http",
		"x-original-host": host,
		forwarded: `host=${host}`,
	};
	for (const path of ["/", "/runs", "/share/%ff", "/share/none", "/api/runs/none", "/icon.svg", "//x", "/runs/none"])
		await send({ path, headers: told });
	const page = await browser.newPage();
	await page.route(`${APP_ORIGIN}/**`, (route) =>
		route.continue({ headers: { ...route.request().headers(), ...told } }),
	);
	const started = await ask(page, APP_ORIGIN, "What does the revalidateTag function do in Next.js?");
	expect(started).not.toBe("");
	expect(hits()).toEqual([]);
	await page.close();
});
