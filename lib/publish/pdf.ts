import "server-only";
import { existsSync } from "node:fs";
import type { Browser } from "playwright";
import { systemBrowser } from "../web/system-browser.mjs";
import type { Written } from "./written";

const MOST_MS = 60_000;

let last: Promise<unknown> = Promise.resolve();

/**
 * Prints a page as PDF on A4, by Chromium with scripts and network off; at most 60 s. One is printed at a time, as
 * each takes a browser of its own. `find` names its program. A browser that is missing or fails is a
 * result.
 */
export function printPdf(html: string, title: string, find: FindBrowser = browserPath): Promise<Written> {
	const printed = last.then(async () => print(html, title, await find()));
	last = printed;
	return printed;
}

type FindBrowser = () => string | undefined | Promise<string | undefined>;

/** Playwright's program takes a second to load: it comes when it is needed. */
const chromium = async () => (await import("playwright")).chromium;

/** One of this machine, else the one that Playwright installed; undefined when there is none. */
async function browserPath(): Promise<string | undefined> {
	const found = systemBrowser();
	if (found) return found;
	const own = (await chromium()).executablePath();
	return existsSync(own) ? own : undefined;
}

async function print(html: string, title: string, executablePath: string | undefined): Promise<Written> {
	if (executablePath === undefined) return { ok: false, reason: "noBrowser", detail: "" };
	const abort = AbortSignal.timeout(MOST_MS);
	try {
		const browser = await (await chromium()).launch({ executablePath, timeout: MOST_MS });
		const close = () => void browser.close();
		abort.addEventListener("abort", close);
		return { ok: true, body: await printIn(browser, html, title).finally(() => browser.close()) };
	} catch (error) {
		return { ok: false, reason: "failed", detail: error instanceof Error ? error.message : String(error) };
	}
}

async function printIn(browser: Browser, html: string, title: string): Promise<Uint8Array<ArrayBuffer>> {
	const context = await browser.newContext({ javaScriptEnabled: false, offline: true, serviceWorkers: "block" });
	const page = await context.newPage();
	await page.setContent(html, { waitUntil: "load", timeout: MOST_MS });
	const pdf = await page.pdf({
		format: "A4",
		displayHeaderFooter: true,
		headerTemplate: running(`<span style="flex:1;overflow:hidden;text-overflow:ellipsis">${escaped(title)}</span>`),
		footerTemplate: running(
			`<span style="flex:1"></span><span class="pageNumber"></span>&nbsp;/&nbsp;<span class="totalPages"></span>`,
		),
		margin: { top: "22mm", bottom: "22mm", left: "20mm", right: "20mm" },
		tagged: true,
		outline: true,
	});
	return new Uint8Array(pdf);
}

/** The line above or below each page; the browser gives it a size of 0 unless told otherwise. */
const running = (content: string) =>
	`<div style="display:flex;width:100%;margin:0 20mm;font:8pt sans-serif;color:#555;white-space:nowrap">${content}</div>`;

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
