import "server-only";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright";
import type { Paper } from "./paper";
import { reportHtml } from "./report-html";
import { systemBrowser } from "./system-browser.mjs";

/** `noBrowser`: none is installed. `failed`: it could not be started, or was not done in time. */
export type Printed =
	| { ok: true; pdf: Uint8Array<ArrayBuffer> }
	| { ok: false; reason: "noBrowser" | "failed"; detail: string };

const MOST_MS = 60_000;

let last: Promise<unknown> = Promise.resolve();

/**
 * The report as PDF on A4, printed by Chromium with scripts and network off; at most 60 s. One is printed at a time, as
 * each takes a browser of its own. A browser that is missing or fails is a result.
 */
export function reportPdf(paper: Paper, executablePath = browserPath()): Promise<Printed> {
	const printed = last.then(() => print(paper, executablePath));
	last = printed;
	return printed;
}

/** One of this machine, else the one that Playwright installed; undefined when there is none. */
function browserPath(): string | undefined {
	const own = chromium.executablePath();
	return systemBrowser() ?? (existsSync(own) ? own : undefined);
}

async function print(paper: Paper, executablePath: string | undefined): Promise<Printed> {
	if (executablePath === undefined) return { ok: false, reason: "noBrowser", detail: "" };
	const abort = AbortSignal.timeout(MOST_MS);
	try {
		const browser = await chromium.launch({ executablePath, timeout: MOST_MS });
		const close = () => void browser.close();
		abort.addEventListener("abort", close);
		return { ok: true, pdf: await printIn(browser, paper).finally(() => browser.close()) };
	} catch (error) {
		return { ok: false, reason: "failed", detail: error instanceof Error ? error.message : String(error) };
	}
}

async function printIn(browser: Browser, paper: Paper): Promise<Uint8Array<ArrayBuffer>> {
	const context = await browser.newContext({ javaScriptEnabled: false, offline: true, serviceWorkers: "block" });
	const page = await context.newPage();
	await page.setContent(reportHtml(paper), { waitUntil: "load", timeout: MOST_MS });
	const pdf = await page.pdf({
		format: "A4",
		displayHeaderFooter: true,
		headerTemplate: running(
			`<span style="flex:1;overflow:hidden;text-overflow:ellipsis">${escaped(paper.snapshot.title)}</span>`,
		),
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
