import { existsSync } from "node:fs";
import { join } from "node:path";

/** The program of a Chromium or Chrome that this machine has: `CHROMIUM`, or one in a usual place; undefined when none. */
export function systemBrowser() {
	const programs = process.env.PROGRAMFILES ?? "C:\\Program Files";
	const known = [
		process.env.CHROMIUM,
		"/usr/bin/chromium",
		"/usr/bin/chromium-browser",
		"/usr/bin/google-chrome",
		"/usr/bin/google-chrome-stable",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		join(programs, "Google\\Chrome\\Application\\chrome.exe"),
	];
	return known.find((path) => path && existsSync(path));
}
