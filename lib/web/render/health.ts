import "server-only";
import { env } from "../../env";
import { defaultGuard } from "../guarded-fetch";
import { type Running, sharedChromium } from "./chromium";
import { RenderFault } from "./render-fault";

const WAIT_MS = 30_000;
/** A place of this machine that no page may reach. */
const FORBIDDEN = "http://127.0.0.1/";

/** Whether pages can be rendered here, by which browser; else why not and what would mend it. */
export type RenderHealth =
	| { state: "off" }
	| { state: "ready"; version: string }
	| { state: "missing"; why: string; remedy: string };

/** Starts the browser and has it ask for what it may not have. */
export async function renderHealth(): Promise<RenderHealth> {
	if (env().READ_RENDER === "off") return { state: "off" };
	const signal = AbortSignal.timeout(WAIT_MS);
	try {
		return { state: "ready", version: await sharedChromium().with(signal, provenGuard) };
	} catch (error) {
		if (error instanceof RenderFault) return { state: "missing", why: error.message, remedy: error.remedy };
		return { state: "missing", why: "Chromium did not answer in time.", remedy: "Look again in a moment." };
	}
}

/** The browser's version, once the proxy was seen to refuse it something. */
async function provenGuard({ browser, proxy }: Running): Promise<string> {
	const passage = { guard: { ...defaultGuard(), allowed: [] }, bounds: { blockedHosts: [], allowedHosts: [] } };
	const { username, password, traffic, close } = proxy.lease({ ...passage, secure: false });
	const server = `http://127.0.0.1:${proxy.port}`;
	const context = await browser.newContext({ proxy: { server, bypass: "<-loopback>", username, password } });
	await Promise.allSettled([context.newPage().then((page) => page.goto(FORBIDDEN, { timeout: 10_000 }))]);
	await context.close();
	close();
	if (traffic.refused > 0) return browser.version();
	throw new RenderFault(
		"unsafe",
		"Chromium goes past the filtering proxy.",
		"Look for proxy settings in /etc/chromium.d.",
	);
}
