/** `npm test`: installs, gets a browser, and runs every check and test; ends with one line of counts. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemBrowser } from "../web/system-browser.mjs";
import { bin, build, command, install, refuse, requireNode, runNode, seconds } from "./launch.mjs";
import { endToEndReport, unitReport } from "./test-reports.mjs";

/** Keys that the build is done with; `e2e/bundle.spec.ts` looks for them in what a browser loads. */
const PLANTED = Object.fromEntries(
	["LLM_API_KEY", "SERPER_API_KEY", "E2B_API_KEY", "SETTINGS_KEY", "PLANTED_IN_THE_BUILD_KEY"].map((name) => [
		name,
		`planted-in-the-build-${name.toLowerCase()}`,
	]),
);

requireNode();
install();
const reports = mkdtempSync(join(tmpdir(), "soundings-test-"));
const browser = await findBrowser();
const total = { passed: 0, failed: 0, skipped: 0, failures: [] };

await part("checks", async (file) => {
	const { code } = await runNode(command("check.ts", "--report", file));
	return { code, counts: read(file) };
});
await part("build", async () => {
	const code = await build({ fresh: Boolean(process.env.CI), more: PLANTED });
	return { code, counts: { passed: code === 0 ? 1 : 0, failed: 0 } };
});
// Browser tests wait half of their time: the unit tests run beside them, one file at a time, and are told of at their end.
await Promise.all([
	part("unit tests", async (file) => {
		const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
		const args = [bin("vitest/vitest.mjs"), "run", "--maxWorkers=1", ...reporters];
		const { code, output } = await runNode(args, { stdio: ["ignore", "pipe", "inherit"] });
		return { code, counts: unitReport(read(file)), output };
	}),
	part("end-to-end tests", async (file) => {
		const args = [bin("@playwright/test/cli.js"), "test", "-c", "e2e/playwright.config.ts", "--reporter=list,json"];
		const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file, ...(browser && { CHROMIUM: browser }) };
		const { code } = await runNode(args, { env });
		return { code, counts: endToEndReport(read(file)) };
	}),
]);

rmSync(reports, { recursive: true, force: true });
for (const failure of total.failures) process.stdout.write(`\n✗ ${failure}\n`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exit(total.failed > 0 ? 1 : 0);

/** Runs a part and adds its counts; a part that failed without a failed test counts as one. */
async function part(name, run) {
	process.stdout.write(`\n── ${name}\n`);
	const since = Date.now();
	const { code, counts, output = "" } = await run(join(reports, `${name.replaceAll(" ", "-")}.json`));
	const { passed = 0, failed = 0, skipped = 0, failures: named = [] } = counts;
	const failures = code !== 0 && failed === 0 ? 1 : failed;
	total.passed += passed;
	total.failed += failures;
	total.skipped += skipped;
	total.failures.push(
		...(failures > 0 && named.length === 0 ? [`${name}: what went wrong stands in its output`] : named),
	);
	process.stdout.write(`${output}── ${name}: ${passed} passed, ${failures} failed, ${seconds(since)}\n`);
}

/** What a tool reported; nothing when it died before it could. */
function read(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** A Chromium of the system; else Playwright's own (undefined: it finds that itself); else Debian's package. */
async function findBrowser() {
	const found = systemBrowser();
	if (found) return found;
	const own = await runNode(["-e", "process.stdout.write(require('playwright').chromium.executablePath())"], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	if (own.output && existsSync(own.output)) return;
	process.stdout.write("Getting a browser …\n");
	const { code } = await runNode([bin("playwright/cli.js"), "install", "chromium"]);
	if (code === 0) return;
	if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
		const options = {
			stdio: ["ignore", "ignore", "inherit"],
			env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
		};
		spawnSync("apt-get", ["update", "-qq"], options);
		spawnSync("apt-get", ["install", "-y", "-qq", "chromium"], options);
	}
	return (
		systemBrowser() ??
		refuse("There is no browser for the end-to-end tests. Install Chromium or Chrome, or set CHROMIUM to its path.")
	);
}
