import "server-only";
import { readFile } from "node:fs/promises";
import type { Browser } from "playwright";

const MAX_BYTES = 512 * 1024 * 1024;
const LOOK_MS = 500;
const PAGE_BYTES = 4096;

/** Ends the processes of pages that take more than 512 MB, as long as the browser lives. Linux alone tells. */
export async function watchMemory(browser: Browser): Promise<void> {
	if (process.platform !== "linux") return;
	const session = await browser.newBrowserCDPSession();
	const timer = setInterval(() => {
		void Promise.allSettled([
			session.send("SystemInfo.getProcessInfo").then(({ processInfo }) => {
				for (const { type, id } of processInfo) if (type === "renderer") void Promise.allSettled([endLarge(id)]);
			}),
		]);
	}, LOOK_MS).unref();
	browser.once("disconnected", () => clearInterval(timer));
}

async function endLarge(pid: number): Promise<void> {
	const [, resident = 0] = (await readFile(`/proc/${pid}/statm`, "utf8")).split(" ").map(Number);
	if (resident * PAGE_BYTES > MAX_BYTES) process.kill(pid, "SIGKILL");
}
