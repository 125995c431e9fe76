import "server-only";
import { existsSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser } from "playwright";
import { systemBrowser } from "../system-browser.mjs";
import { chromiumFlags, type Start, weakness } from "./flags";
import { watchMemory } from "./memory";
import { RenderFault } from "./render-fault";

/** A user number that belongs to no account: Chromium's when the server runs as root. */
const USER = 65_520;
const SETPRIV = ["/usr/bin/setpriv", "/bin/setpriv"];
const START_MS = 20_000;

/** How Chromium is started here: its sandbox on, never as root. Throws `RenderFault`. */
export function sandboxedStart(): Start {
	const program = systemBrowser();
	if (!program) {
		throw new RenderFault(
			"missing",
			"There is no Chromium.",
			"Install it (apt install chromium), or name its program in CHROMIUM.",
		);
	}
	if (process.getuid?.() !== 0) return { program, before: [], more: [] };
	const setpriv = SETPRIV.find((path) => existsSync(path));
	if (!setpriv) {
		throw new RenderFault(
			"missing",
			"The server runs as root, and Chromium must not.",
			"Start the server as another user, or install setpriv (apt install util-linux).",
		);
	}
	return {
		program: setpriv,
		before: [`--reuid=${USER}`, `--regid=${USER}`, "--clear-groups", "--inh-caps=-all", program],
		more: [],
	};
}

/**
 * Starts Chromium with a profile of its own that goes with it. What it then says of its own command line must be what
 * was asked for: a system-wide configuration can take the sandbox or the proxy away. Throws `RenderFault`.
 */
export async function startChromium(start: Start, proxyPort: number): Promise<Browser> {
	// It takes a second to load: it comes when it is needed.
	const { chromium } = await import("playwright");
	const home = await mkdtemp(join(tmpdir(), "soundings-chromium-"));
	const isOther = start.before.length > 0;
	if (isOther) await chown(home, USER, USER);
	const wanted = [...chromiumFlags(join(home, "profile"), proxyPort), ...start.more];
	const remove = () => rm(home, { recursive: true, force: true, maxRetries: 5 });
	try {
		const browser = await chromium.launch({
			executablePath: start.program,
			ignoreDefaultArgs: true,
			args: [...start.before, ...wanted],
			env: { PATH: "/usr/bin:/bin", HOME: home, TMPDIR: home, LANG: "C.UTF-8" },
			handleSIGINT: false,
			handleSIGTERM: false,
			handleSIGHUP: false,
			timeout: START_MS,
		});
		browser.once("disconnected", () => void remove());
		await refuseWeakened(browser, wanted);
		await watchMemory(browser);
		return browser;
	} catch (error) {
		await remove();
		if (error instanceof RenderFault) throw error;
		throw notStarted(error, isOther);
	}
}

async function refuseWeakened(browser: Browser, wanted: readonly string[]): Promise<void> {
	const session = await browser.newBrowserCDPSession();
	const { arguments: line } = await session.send("Browser.getBrowserCommandLine");
	await session.detach();
	const found = weakness(line, wanted);
	if (found === undefined) return;
	await browser.close();
	throw new RenderFault(
		"unsafe",
		`Chromium was started with other flags than asked for (${found.split("=")[0]}).`,
		"Look for it in /etc/chromium.d and in CHROMIUM_FLAGS, and take it out.",
	);
}

function notStarted(cause: unknown, isOther: boolean): RenderFault {
	const said = cause instanceof Error ? cause.message : String(cause);
	if (/no usable sandbox|sandbox|namespace|clone/i.test(said)) {
		return new RenderFault(
			"no_sandbox",
			"Chromium's own sandbox does not work here, and without it no page is opened.",
			"Allow user namespaces (sysctl user.max_user_namespaces, and kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu), or install chromium-sandbox.",
			cause,
		);
	}
	const where = isOther ? ` Its folder ${dirname(tmpdir())} and program must be open to user ${USER}.` : "";
	return new RenderFault(
		"not_started",
		"Chromium could not be started.",
		`See that it starts by itself: chromium --headless --version.${where}`,
		cause,
	);
}
