import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright";
import { checkedUrl } from "../address";
import { ROBOT_NAME } from "../guarded-fetch";
import { isOutOfBounds } from "../site-bounds";
import type { Chromium, Running } from "./chromium";
import type { ProxyLease, ProxyPassage, Traffic } from "./egress-proxy";
import { RenderFault } from "./render-fault";

const MAX_NODES = 60_000;
const MAX_CHARS = 8_000_000;
const LOOK_MS = 250;
/** A page is ready when its text has stayed the same for so many looks. */
const STEADY_LOOKS = 4;
/** Share of the time after which a page that never rests is taken as it is. */
const REST_SHARE = 0.75;
const CLOSE_MS = 3000;
const ELSEWHERE = "Look for another source.";

export type Rendered = { url: string; html: string; traffic: Traffic };
type Rendering = Omit<ProxyPassage, "secure"> & { totalMs: number; signal: AbortSignal };
/** `since`: when its time began, before the context was made. */
type Timed = Rendering & { since: number };

/**
 * A page as its scripts made it: opened in a context of its own, without downloads, permissions or service workers.
 * Throws `RenderFault`, or the reason of `signal`.
 */
export async function renderPage(url: string, chromium: Chromium, rendering: Rendering): Promise<Rendered> {
	const { guard, bounds, signal } = rendering;
	checkedUrl(url, guard.allowed);
	return chromium.with(signal, async (running) => {
		const since = performance.now();
		const lease = running.proxy.lease({ guard, bounds, secure: url.startsWith("https:") });
		const [made] = await Promise.allSettled([inContext(url, running, lease, { ...rendering, since })]);
		lease.close();
		if (made.status === "fulfilled") return { ...made.value, traffic: lease.traffic };
		signal.throwIfAborted();
		throw faultOf(made.reason, running.browser, lease.traffic, rendering.totalMs);
	});
}

async function inContext(url: string, { browser, proxy }: Running, lease: ProxyLease, rendering: Timed) {
	const { username, password } = lease;
	const context = await browser.newContext({
		acceptDownloads: false,
		permissions: [],
		serviceWorkers: "block",
		userAgent: agentOf(browser),
		proxy: { server: `http://127.0.0.1:${proxy.port}`, bypass: "<-loopback>", username, password },
	});
	const deadline = AbortSignal.any([rendering.signal, AbortSignal.timeout(rendering.totalMs)]);
	const work = context.newPage().then((page) => opened(page, url, rendering));
	try {
		return await untilAborted(work, deadline);
	} finally {
		await closeContext(context, browser);
	}
}

/** A context whose page does not let itself be closed costs the whole browser: the next page starts another. */
async function closeContext(context: BrowserContext, browser: Browser): Promise<void> {
	const isClosed = await Promise.race([
		Promise.allSettled([context.close()]).then(() => true),
		wait(CLOSE_MS, false, { ref: false }),
	]);
	if (!isClosed) await browser.close();
}

async function opened(page: Page, url: string, { since, totalMs, bounds, guard }: Timed) {
	page.context().on("page", (popup) => {
		if (popup !== page) void Promise.allSettled([popup.close()]);
	});
	const crashed = new Promise<never>((_, failed) => page.once("crash", () => failed(tooHeavy())));
	return Promise.race([crashed, shown(page, url, { since, totalMs, bounds, guard })]);
}

const tooHeavy = (): RenderFault =>
	new RenderFault("crashed", "The page took more memory than 512 MB, or broke its process.", ELSEWHERE);

type Showing = Pick<Timed, "since" | "totalMs" | "bounds" | "guard">;

async function shown(page: Page, url: string, { since, totalMs, bounds, guard }: Showing) {
	await page.goto(url, { waitUntil: "commit", timeout: totalMs });
	const session = await page.context().newCDPSession(page);
	await resting(session, since + totalMs * REST_SHARE);
	const { nodes, html, address } = await look(session, true);
	if (nodes > MAX_NODES)
		throw new RenderFault(
			"too_complex",
			`The page has more than ${MAX_NODES.toLocaleString("en")} elements.`,
			ELSEWHERE,
		);
	if (isOutOfBounds(checkedUrl(address, guard.allowed).href, bounds)) {
		throw new RenderFault("refused", "The page's scripts moved on to a site that this run does not read.", ELSEWHERE);
	}
	return { url: address, html };
}

/** Waits until the text stays as it is, at most until `until`; a page between two documents is looked at again. */
async function resting(session: CDPSession, until: number): Promise<void> {
	let last = "";
	for (let steady = 0; steady < STEADY_LOOKS && performance.now() < until; ) {
		await wait(LOOK_MS);
		const { chars, nodes, state, address } = await look(session, false);
		if (nodes > MAX_NODES) return;
		const now = `${chars} ${nodes} ${state} ${address}`;
		steady = now === last && state === "complete" ? steady + 1 : 0;
		last = now;
	}
}

type DocumentLook = { chars: number; nodes: number; state: string; address: string; html: string };

/** Reads the document in a world of its own, whose functions the page cannot have replaced. */
async function look(session: CDPSession, whole: boolean): Promise<DocumentLook> {
	const { frameTree } = await session.send("Page.getFrameTree");
	const frameId = frameTree.frame.id;
	const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", { frameId });
	const expression = `(() => {
		const root = document.documentElement;
		const nodes = document.getElementsByTagName("*").length;
		const html = ${whole} && root && nodes <= ${MAX_NODES} ? root.outerHTML.slice(0, ${MAX_CHARS}) : "";
		const chars = nodes <= ${MAX_NODES} && document.body ? document.body.textContent.length : 0;
		return { nodes, chars, html, state: document.readyState, address: location.href };
	})()`;
	const { result } = await session.send("Runtime.evaluate", { expression, contextId, returnByValue: true });
	return result.value as DocumentLook;
}

/** Says who asks, as the plain reading does. */
function agentOf(browser: Browser): string {
	const major = browser.version().split(".")[0];
	return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36 ${ROBOT_NAME}/0.1 (research workbench)`;
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason), { once: true });
		work.then(resolve, reject);
	});
}

function faultOf(error: unknown, browser: Browser, traffic: Traffic, totalMs: number): RenderFault {
	if (error instanceof RenderFault) return error;
	if (traffic.overBytes) return new RenderFault("too_large", "The page loads more than 25 MB.", ELSEWHERE, error);
	const name = error instanceof Error ? `${error.name} ${error.message}` : "";
	if (/^TimeoutError/.test(name))
		return new RenderFault(
			"timeout",
			`The page was not ready within ${totalMs / 1000} s.`,
			"Raise READ_RENDER_SECONDS, or look for another source.",
			error,
		);
	if (!browser.isConnected())
		return new RenderFault(
			"crashed",
			"Chromium ended while it had the page open.",
			"Read the page again; a new one is started.",
			error,
		);
	return new RenderFault("no_page", "Chromium could not open the page.", ELSEWHERE, error);
}
