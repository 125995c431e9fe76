import { createSocket, type Socket as Udp } from "node:dgram";
import { readdirSync, readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveWeb, type WebServer } from "../../../e2e/fixtures/web-server";
import { closeExtraction } from "../extract";
import { type Guard, LIMITS } from "../guarded-fetch";
import { readPage } from "../read-page";
import { systemBrowser } from "../system-browser.mjs";
import { Chromium } from "./chromium";
import { RenderFault } from "./render-fault";
import { renderPage } from "./render-page";
import { sandboxedStart, startChromium } from "./start";

process.env.READ_RENDER = "chromium";
process.env.READ_HOST_DELAY_MS = "0";
const missing = !systemBrowser();

/** With its sandbox where the machine allows one; these pages are our own. */
async function usable(): Promise<Chromium> {
	const sandboxed = new Chromium();
	const signal = new AbortController().signal;
	const works = await sandboxed
		.with(signal, async () => true)
		.catch((error: unknown) => (error instanceof RenderFault ? false : Promise.reject(error)));
	if (works) return sandboxed;
	isSandboxed = false;
	return new Chromium(() => ({ ...sandboxedStart(), more: ["--no-sandbox"] }));
}

/** Folders of browsers that are not ours. */
const there = readdirSync(tmpdir());
let isSandboxed = true;
let chromium: Chromium;
let site: WebServer;
/** What must never be reached: by HTTP, by a bare connection, by UDP. */
let forbidden: Server;
let udp: Udp;
const reached: string[] = [];
const pages: Record<string, string | ((response: ServerResponse) => void)> = {};
const words = "The tide at Skarn comes twice a day. ".repeat(12);
const shell = (script: string) => `<!doctype html><title>Tides</title><div id="root"></div><script>${script}</script>`;
const show = `document.getElementById("root").textContent = ${JSON.stringify(words)};`;

beforeAll(async () => {
	if (missing) return;
	chromium = await usable();
	forbidden = createServer((socket) => {
		reached.push("tcp");
		socket.destroy();
	});
	await new Promise<void>((up) => forbidden.listen(0, "127.0.0.1", up));
	udp = createSocket("udp4");
	udp.on("message", () => reached.push("udp"));
	await new Promise<void>((up) => udp.bind(0, "127.0.0.1", up));
	site = await serveWeb((request, response) => {
		const page = pages[request.url ?? ""];
		if (typeof page === "function") return page(response);
		response.writeHead(page === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" }).end(page ?? "");
	});
}, 60_000);
afterAll(async () => {
	if (missing) return;
	await chromium.close();
	await site.close();
	forbidden.close();
	udp.close();
	await closeExtraction();
}, 30_000);

const bad = () => `127.0.0.1:${(forbidden.address() as { port: number }).port}`;
const named = () => `inside.example:${(forbidden.address() as { port: number }).port}`;
const guard = (): Guard => ({
	allowed: [site.host],
	resolve: async () => [{ address: "127.0.0.1", family: 4 }],
	limits: LIMITS,
});
const render = (path: string, totalMs = 12_000) =>
	renderPage(site.url + path, chromium, {
		guard: guard(),
		bounds: { blockedHosts: [], allowedHosts: [] },
		totalMs,
		signal: new AbortController().signal,
	});
const faultOf = (path: string, totalMs?: number) =>
	render(path, totalMs).then(
		() => undefined,
		(error: RenderFault) => error.code,
	);

describe("a page that its scripts write", () => {
	test("is read as they made it, by a browser with its guards in place and without our environment", async ({
		skip,
	}) => {
		skip(missing, "There is no Chromium on this machine to render with; CHROMIUM names one.");
		pages["/"] = shell(`setTimeout(() => { ${show} }, 300);`);
		const { html, traffic } = await render("/");
		expect(html).toContain("The tide at Skarn");
		expect(traffic).toEqual({ refused: 0, named: [], overBytes: false });
		expect(site.hits[0]?.headers["user-agent"]).toContain("Soundings/");
		expect(site.hits.filter(({ headers }) => headers["proxy-authorization"])).toEqual([]);
	}, 30_000);

	test("runs in Chromium's own sandbox, and not as root", async ({ skip }) => {
		skip(missing, "There is no Chromium on this machine to render with; CHROMIUM names one.");
		skip(!isSandboxed, "Chromium's sandbox does not work on this machine; these tests went without.");
		const status = await chromium.with(new AbortController().signal, async ({ browser }) => {
			const context = await browser.newContext();
			await context.newPage();
			const session = await browser.newBrowserCDPSession();
			const { processInfo } = await session.send("SystemInfo.getProcessInfo");
			const found = processInfo.find(({ type }) => type === "renderer");
			const told = readFileSync(`/proc/${found?.id}/status`, "utf8");
			await context.close();
			return told;
		});
		expect(status).toMatch(/^Seccomp:\s+2$/m);
		expect(status).not.toMatch(/^Uid:\s+0\s/m);
	}, 30_000);

	test("BR-01: reaches nothing forbidden, whichever way it asks, and each refusal is counted", async ({ skip }) => {
		skip(missing, "There is no Chromium on this machine to render with; CHROMIUM names one.");
		const udpPort = udp.address().port;
		pages["/worker.js"] = (response) =>
			response
				.writeHead(200, { "content-type": "text/javascript" })
				.end(`fetch("http://${bad()}/worker").catch(() => 0);`);
		pages["/moved"] = (response) => response.writeHead(302, { location: `http://${bad()}/moved` }).end();
		pages["/all"] = `<!doctype html><title>All</title>
			<link rel=prefetch href="http://${bad()}/prefetch"><link rel=preconnect href="http://${bad()}"><link rel=dns-prefetch href="//inside.example">
			<link rel=stylesheet href="http://${bad()}/style">
			<script type=speculationrules>{"prefetch":[{"source":"list","urls":["http://${bad()}/speculated"]}]}</script>
			<img src="http://${bad()}/image"><iframe src="http://${bad()}/frame"></iframe><object data="http://${bad()}/object"></object>
			<video src="http://${bad()}/media"></video><div id=root></div>
			<script>
			for (const to of ["http://${bad()}/fetch", "http://${named()}/name", "/moved"]) fetch(to, { mode: "no-cors" }).catch(() => 0);
			navigator.sendBeacon("http://${bad()}/beacon", "x");
			new EventSource("http://${bad()}/events");
			new WebSocket("ws://${bad()}/socket");
			new Worker("/worker.js"); new SharedWorker("/worker.js");
			const rtc = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:${udpPort}" }] });
			rtc.createDataChannel("x"); rtc.createOffer().then((offer) => rtc.setLocalDescription(offer));
			window.open("http://${bad()}/popup");
			${show}
			</script>`;
		const { traffic, html } = await render("/all");
		expect(html).toContain("The tide at Skarn");
		expect(reached).toEqual([]);
		expect(traffic.refused).toBeGreaterThanOrEqual(9);
		expect(traffic.named).toEqual(expect.arrayContaining([bad(), named()]));
	}, 30_000);

	test("BR-03: is not left by redirect, refresh, script, form, local file, page of the browser or download", async ({
		skip,
	}) => {
		skip(missing, "There is no Chromium on this machine to render with; CHROMIUM names one.");
		const leaving: Record<string, (typeof pages)[string]> = {
			"/redirects": (response) => response.writeHead(302, { location: `http://${bad()}/redirect` }).end(),
			"/refreshes": `<meta http-equiv=refresh content="0;url=http://${bad()}/refresh"><p>x`,
			"/goes": shell(`location.href = "http://${bad()}/script";`),
			"/sends": `<form action="http://${bad()}/form" method=post></form><script>document.forms[0].submit()</script>`,
			"/file": shell(`location.href = "file:///etc/passwd";`),
			"/chrome": shell(`location.href = "chrome://version";`),
			"/loads": (response) =>
				response
					.writeHead(200, { "content-disposition": "attachment; filename=x.bin", "content-type": "application/x-bin" })
					.end("x"),
		};
		Object.assign(pages, leaving);
		const made = await Promise.allSettled(Object.keys(leaving).map((path) => render(path, 1200)));
		const shown = made.map((one) => (one.status === "fulfilled" ? one.value.html : "")).join("");
		expect(shown).not.toMatch(/root:x:0|Command Line/);
		expect(reached).toEqual([]);
	}, 60_000);

	test("BR-02: that never rests is taken as it is, one that hangs or is too much is a fault, and the next is read", async ({
		skip,
	}) => {
		skip(missing, "There is no Chromium on this machine to render with; CHROMIUM names one.");
		pages["/endless"] = (response) => {
			response.writeHead(200, { "content-type": "text/html" });
			response.write(`<!doctype html><title>E</title><p>${words}`);
			const timer = setInterval(() => response.write("<p>more of it"), 100);
			response.on("close", () => clearInterval(timer));
		};
		pages["/hangs"] = shell("while (true) {}");
		pages["/huge"] = shell(`for (let i = 0; i < 70000; i++) document.body.append(document.createElement("i"));`);
		pages["/popups"] = shell(`for (let i = 0; i < 300; i++) window.open("/?" + i); alert(1); print(); ${show}`);
		const others = async () =>
			[await faultOf("/hangs", 1500), await faultOf("/huge", 40_000), await render("/popups", 40_000)] as const;
		const [endless, [hangs, huge, popups]] = await Promise.all([render("/endless", 3000), others()]);
		expect(endless.html).toContain("more of it");
		expect([hangs, huge]).toEqual(["timeout", "too_complex"]);
		expect(popups.html).toContain("The tide at Skarn");
	}, 120_000);

	test("BR-04: leaves nothing to the next page", async ({ skip }) => {
		skip(missing, "There is no Chromium on this machine to render with; CHROMIUM names one.");
		pages["/sets"] = shell(`document.cookie = "a=1"; localStorage.a = "1"; ${show}`);
		pages["/asks"] = shell(
			`document.getElementById("root").textContent = "found[" + document.cookie + (localStorage.a ?? "") + "]";`,
		);
		await render("/sets");
		expect((await render("/asks")).html).toContain("found[]");
	}, 30_000);

	test("BR-05 and BR-06: without its proxy it opens nothing; a browser that ended is started anew; nothing of it is left", async ({
		skip,
	}) => {
		skip(missing, "There is no Chromium on this machine to render with; CHROMIUM names one.");
		const signal = new AbortController().signal;
		await chromium.with(signal, ({ proxy }) => proxy.close());
		const before = site.hits.length;
		expect(await faultOf("/", 40_000)).toBe("no_page");
		expect(site.hits.length).toBe(before);
		await chromium.with(signal, ({ browser }) => browser.close());
		expect((await render("/")).html).toContain("The tide at Skarn");
		await chromium.close();
		await expect
			.poll(
				() => readdirSync(tmpdir()).filter((name) => name.startsWith("soundings-chromium-") && !there.includes(name)),
				{ timeout: 5000 },
			)
			.toEqual([]);
	}, 60_000);

	test("a browser whose flags something else has weakened is not used", async ({ skip }) => {
		skip(missing, "There is no Chromium on this machine to render with; CHROMIUM names one.");
		const start = sandboxedStart();
		const weakened = { ...start, more: ["--proxy-bypass-list=127.0.0.1"] };
		await expect(startChromium(weakened, 9)).rejects.toMatchObject({ code: "unsafe" });
	}, 30_000);

	test("is what a reading gives, named as rendered; one that shows nothing even so stays what the plain reading found", async ({
		skip,
	}) => {
		skip(missing, "There is no Chromium on this machine to render with; CHROMIUM names one.");
		(globalThis as { soundingsChromium?: Chromium }).soundingsChromium = chromium;
		const reading = { guard: guard(), bounds: { blockedHosts: [], allowedHosts: [] } };
		const read = (path: string) => readPage(site.url + path, new AbortController().signal, reading);
		pages["/shell"] = shell(`fetch("http://${bad()}/x").catch(() => 0); ${show}`);
		pages["/nothing"] = "<title>N</title><noscript>Enable JavaScript</noscript><script></script><p>Nothing yet";
		pages["/plain"] = `<title>P</title><p>${words}<script>document.body.textContent = "changed";</script>`;
		const { text, rendered } = await read("/shell");
		expect(text).toContain("The tide at Skarn");
		expect(rendered).toBe(`rendered with Chromium; 1 of its requests refused (${bad()})`);
		await expect(read("/nothing")).rejects.toThrow(
			'The page shows nothing even when rendered with Chromium. Without its scripts it says only: "',
		);
		const plain = await read("/plain");
		expect(plain).not.toHaveProperty("rendered");
		expect(plain.text).toContain("The tide at Skarn");
	}, 60_000);
});
