import "server-only";
import type { Browser } from "playwright";
import { EgressProxy } from "./egress-proxy";
import type { Start } from "./flags";
import { sandboxedStart, startChromium } from "./start";

/** How long a browser that has no page stays. */
const IDLE_MS = 60_000;
/** A page that hangs may cost the browser, and with it whatever else were open. */
const MOST_PAGES = 1;

/** A browser with the proxy that is its only way out. */
export type Running = { browser: Browser; proxy: EgressProxy };

/** One Chromium, started with the first page, kept warm, gone after a minute without one; one page at a time. */
export class Chromium {
	readonly #start: () => Start;
	readonly #line: (() => void)[] = [];
	#running: Promise<Running> | undefined;
	#pages = 0;
	#idle: NodeJS.Timeout | undefined;

	constructor(start: () => Start = sandboxedStart) {
		this.#start = start;
	}

	/** Calls `use` with the browser when it is a page's turn. Throws `RenderFault`, or the reason of `signal`. */
	async with<T>(signal: AbortSignal, use: (running: Running) => Promise<T>): Promise<T> {
		while (this.#pages >= MOST_PAGES) await new Promise<void>((called) => this.#line.push(called));
		this.#pages++;
		clearTimeout(this.#idle);
		try {
			signal.throwIfAborted();
			return await use(await this.#warm());
		} finally {
			this.#pages--;
			this.#line.shift()?.();
			this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
		}
	}

	/** Ends the browser, its proxy and its folder; the next page starts another. */
	async close(): Promise<void> {
		clearTimeout(this.#idle);
		const running = await Promise.allSettled([this.#running]);
		this.#running = undefined;
		const [ended] = running;
		if (ended.status !== "fulfilled" || !ended.value) return;
		await ended.value.browser.close();
		await ended.value.proxy.close();
	}

	async #warm(): Promise<Running> {
		const [known] = await Promise.allSettled([this.#running]);
		if (known.status === "fulfilled" && known.value?.browser.isConnected()) return known.value;
		this.#running = this.#launch();
		return this.#running;
	}

	async #launch(): Promise<Running> {
		const start = this.#start();
		const proxy = await EgressProxy.start();
		const [launched] = await Promise.allSettled([startChromium(start, proxy.port)]);
		if (launched.status === "rejected") {
			await proxy.close();
			throw launched.reason;
		}
		launched.value.once("disconnected", () => void proxy.close());
		return { browser: launched.value, proxy };
	}
}

type Held = { soundingsChromium?: Chromium };

/** The one of this process. */
export function sharedChromium(): Chromium {
	const held = globalThis as Held;
	held.soundingsChromium ??= new Chromium();
	return held.soundingsChromium;
}

/** Ends it, so that a command can end. */
export const closeChromium = async (): Promise<void> => (globalThis as Held).soundingsChromium?.close();
