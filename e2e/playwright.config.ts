import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { systemBrowser } from "../lib/web/system-browser.mjs";

const PORT = 3105;
const SITE_PORT = 3106;
/** A second server of the same build, with a model server behind it. */
const MODEL_APP_PORT = 3107;
const MODEL_PORT = 3108;
const E2B_PORT = 3109;
const E2B = `http://127.0.0.1:${E2B_PORT}`;
/** The one that `settings.spec.ts` enters. */
const E2B_KEY = "sk-planted-in-the-browser-7431";
const TS = "node --conditions=react-server --import tsx";
/** Workers read the configuration again: they share the folder of the first reading. */
process.env.SOUNDINGS_E2E_DATA ??= mkdtempSync(join(tmpdir(), "soundings-e2e-"));
const executablePath = systemBrowser();

/** The production build on a port of its own, with data of its own. */
function app(port: number, data: string, settings: Record<string, string>) {
	return {
		command: `${TS} lib/cli/prepare.ts && node node_modules/next/dist/bin/next start -H 127.0.0.1 -p ${port}`,
		cwd: "..",
		url: `http://127.0.0.1:${port}`,
		timeout: 120_000,
		gracefulShutdown: { signal: "SIGTERM" as const, timeout: 5000 },
		env: {
			HOST: "127.0.0.1",
			PORT: String(port),
			DATA_DIR: join(process.env.SOUNDINGS_E2E_DATA ?? tmpdir(), data),
			OPENAI_API_KEY: "",
			READ_PRIVATE_HOSTS: `127.0.0.1:${SITE_PORT}`,
			NODE_ENV: "production",
			NEXT_MANUAL_SIG_HANDLE: "true",
			NEXT_TELEMETRY_DISABLED: "1",
			...settings,
		},
	};
}

export default defineConfig({
	testDir: ".",
	testMatch: "**/*.spec.ts",
	outputDir: "../test-results",
	/** Patience, not a bound: what must be quick is measured by its test. Unit tests run beside, on two cores. */
	timeout: 120_000,
	expect: { timeout: 15_000 },
	workers: 1,
	fullyParallel: false,
	forbidOnly: Boolean(process.env.CI),
	retries: 0,
	reporter: [["list"]],
	use: {
		baseURL: `http://127.0.0.1:${PORT}`,
		// A third of the time of every test. `--trace on` records one that is looked into.
		trace: "off",
		screenshot: "only-on-failure",
		video: "off",
		viewport: { width: 1280, height: 800 },
		launchOptions: {
			...(executablePath && { executablePath }),
			args: [
				"--no-sandbox",
				"--disable-gpu",
				"--disable-quic",
				"--no-first-run",
				"--disable-background-networking",
				"--disable-component-update",
				"--disable-sync",
			],
		},
	},
	webServer: [
		{
			command: `${TS} e2e/site/main.ts ${SITE_PORT}`,
			cwd: "..",
			url: `http://127.0.0.1:${SITE_PORT}`,
			gracefulShutdown: { signal: "SIGTERM", timeout: 1000 },
		},
		{
			command: `${TS} e2e/vllm/main.ts --port ${MODEL_PORT} --policy delegating --calls 600 --thought 300 --model mirothinker-1.0-test`,
			cwd: "..",
			url: `http://127.0.0.1:${MODEL_PORT}/health`,
			gracefulShutdown: { signal: "SIGTERM", timeout: 1000 },
		},
		{
			command: `${TS} e2e/e2b/main.ts ${E2B_PORT} ${E2B_KEY}`,
			cwd: "..",
			url: `${E2B}/__seen`,
			gracefulShutdown: { signal: "SIGTERM", timeout: 1000 },
		},
		app(PORT, "plain", {
			LLM_BASE_URL: "",
			SEARXNG_URL: `http://127.0.0.1:${SITE_PORT}`,
			SETTINGS_KEY: "a-secret-for-the-tests-in-browsers",
			E2B_API_URL: E2B,
			E2B_SANDBOX_URL: E2B,
		}),
		app(MODEL_APP_PORT, "model", {
			LLM_BASE_URL: `http://127.0.0.1:${MODEL_PORT}/v1`,
			LLM_MODEL: "mirothinker-1.0-test",
			SEARXNG_URL: "",
			MCP_CONFIG: "e2e/fixtures/mcp.json",
		}),
	],
});
