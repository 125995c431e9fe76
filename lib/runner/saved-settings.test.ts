import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { PRESETS } from "../agent/presets";
import { closeStore, store } from "../db/client";
import { changeSavedSettings, listSavedSettings } from "../db/saved-settings";
import { env, environmentProblems, layUnder } from "../env";
import { closeLibrary } from "../library/library";
import type { SettingVariable } from "../trajectory/settings-view";
import { saveSettings, settingsView, takeUpSavedSettings } from "./saved-settings";
import { seal, unseal } from "./sealed";
import { defaultPreset, settingsFor } from "./settings";

const folder = mkdtempSync(join(tmpdir(), "saved-settings-"));
const KEY = "sk-planted-0123456789-abcd";
const SECRET = "0123456789abcdef0123456789abcdef";
const ADDRESS = "http://127.0.0.1:8000/v1";

/** Another environment, read anew. */
async function outside(variables: Record<string, string>): Promise<void> {
	for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
	await takeUpSavedSettings();
}

const stateOf = async (variable: SettingVariable) =>
	Object.values((await settingsView()).sections)
		.flat()
		.find((state) => state.variable === variable);

beforeAll(() => {
	process.env.DATA_DIR = folder;
});
beforeEach(() => outside({ SETTINGS_KEY: SECRET }));
afterEach(async () => {
	vi.unstubAllEnvs();
	await changeSavedSettings(
		[],
		(await listSavedSettings()).map(({ variable }) => variable),
	);
	await takeUpSavedSettings();
});
afterAll(async () => {
	closeStore();
	await closeLibrary();
	rmSync(folder, { recursive: true, force: true });
});

describe("saved settings", () => {
	test("hold at once, are taken up by another process, and go back to what is usual", async () => {
		expect(await saveSettings({ MAX_PARALLEL_RUNS: " 9 ", READ_ROBOTS: "off" })).toEqual({ ok: true, dropped: [] });
		expect(env()).toMatchObject({ MAX_PARALLEL_RUNS: 9, READ_ROBOTS: false });
		delete (globalThis as { soundingsSaved?: unknown }).soundingsSaved;
		expect(env().MAX_PARALLEL_RUNS).toBe(4);
		await takeUpSavedSettings();
		expect(env().MAX_PARALLEL_RUNS).toBe(9);
		expect(await stateOf("MAX_PARALLEL_RUNS")).toMatchObject({ from: "saved", value: "9", usual: "4" });
		await saveSettings({ MAX_PARALLEL_RUNS: "" });
		expect(env().MAX_PARALLEL_RUNS).toBe(4);
		expect(await stateOf("MAX_PARALLEL_RUNS")).toMatchObject({ from: "usual", value: "" });
	});

	test("shape a new run: its preset, its depth, the tools that ask first", async () => {
		const before = await settingsFor({ question: "How deep?", answerMode: "report" });
		expect(before).toMatchObject({ ok: true, settings: { preset: "extractive" } });
		await saveSettings({ LLM_BASE_URL: ADDRESS, LLM_MODEL: "mirothinker-1.5", DEFAULT_PRESET: "mirothinker-1.7" });
		await saveSettings({ DEFAULT_DEPTH: "25", LLM_CONTEXT: "8192" });
		expect(await settingsFor({ question: "How deep?", answerMode: "report" })).toMatchObject({
			ok: true,
			settings: {
				preset: "mirothinker-1.7",
				model: { id: "mirothinker-1.5" },
				limits: { calls: 25 },
				contextTokens: 8192,
			},
		});
	});

	test("give way to the environment, which cannot be changed here", async () => {
		await saveSettings({ LLM_MODEL: "saved" });
		await outside({ LLM_MODEL: "outside" });
		expect(env().LLM_MODEL).toBe("outside");
		expect(await stateOf("LLM_MODEL")).toMatchObject({ from: "environment", value: "outside", lockedBy: "LLM_MODEL" });
		expect(await saveSettings({ LLM_MODEL: "other" })).toEqual({
			ok: false,
			problems: { LLM_MODEL: "LLM_MODEL is set in the environment, which wins. Change it there." },
		});
		layUnder({ LLM_MODEL: "saved" });
		expect(env().LLM_MODEL).toBe("outside");
		await outside({ LLM_MODEL: "" });
		expect(env().LLM_MODEL).toBe("saved");
	});

	test("B089: are kept all or none; a wrong one is told with its limit and an example, and the old value stays", async () => {
		await saveSettings({ PYTHON_SECONDS: "30" });
		expect(await saveSettings({ PYTHON_SECONDS: "601", PYTHON_MEMORY_MB: "2048" })).toEqual({
			ok: false,
			problems: {
				PYTHON_SECONDS: `PYTHON_SECONDS: "601" is more than 600 seconds (example: PYTHON_SECONDS=300). The old value is kept.`,
			},
		});
		expect(env()).toMatchObject({ PYTHON_SECONDS: 30, PYTHON_MEMORY_MB: 1024 });
	});

	test.each([
		["LLM_BASE_URL", "127.0.0.1:8000", "is not an http(s) address"],
		["LLM_BASE_URL", "http://me:word@127.0.0.1:8000/v1", "holds a name and password"],
		["LLM_MODEL", "a\nb", "holds a line break"],
		["LLM_MODEL", "m".repeat(2001), "is longer than 2000 characters"],
		["LLM_API_KEY", "two words", "holds a blank"],
		["MAX_PARALLEL_RUNS", "1,5", "is not a whole number"],
		["MAX_PARALLEL_RUNS", "-1", "is less than 1"],
		["MAX_PARALLEL_RUNS", "NaN", "is not a whole number"],
		["DATA_DIR", "elsewhere", "cannot be set here"],
		["READ_PRIVATE_HOSTS", "127.0.0.1:1", "cannot be set here"],
	])("%s refuses %j", async (variable, value, why) => {
		const saved = await saveSettings({ [variable]: value });
		expect(saved).toEqual({ ok: false, problems: { [variable]: expect.stringContaining(why) } });
		expect(await listSavedSettings()).toEqual([]);
	});

	test("know every preset there is", () => {
		const [problem] = environmentProblems({ DEFAULT_PRESET: "no" });
		for (const { id } of PRESETS) {
			expect(environmentProblems({ DEFAULT_PRESET: id })).toEqual([]);
			expect(problem?.problem).toContain(id);
		}
		expect(defaultPreset().id).toBe("extractive");
	});
});

describe("saved keys", () => {
	test("SEC-02: are used, and stand in clear neither in the database nor in what the page is told", async () => {
		await saveSettings({ LLM_BASE_URL: ADDRESS, LLM_API_KEY: KEY });
		expect(env().LLM_API_KEY?.reveal()).toBe(KEY);
		const told = await settingsView();
		expect(JSON.stringify(told)).not.toContain(KEY);
		expect(told.sections.model.find(({ variable }) => variable === "LLM_API_KEY")).toMatchObject({
			from: "saved",
			value: "",
			ending: "abcd",
		});
		store().$client.pragma("wal_checkpoint(TRUNCATE)");
		const files = readdirSync(folder).filter((name) => name.startsWith("soundings.db"));
		expect(files).not.toEqual([]);
		for (const name of files) expect(readFileSync(join(folder, name)).includes(KEY)).toBe(false);
	});

	test("tell nothing of their end when they are short", async () => {
		await saveSettings({ TAVILY_API_KEY: "short-key-abcd" });
		expect(await stateOf("TAVILY_API_KEY")).not.toHaveProperty("ending");
	});

	test("of the environment are told as set, and nothing of them", async () => {
		await outside({ TAVILY_API_KEY: KEY });
		expect(await stateOf("TAVILY_API_KEY")).toMatchObject({ from: "environment", value: "" });
		expect(JSON.stringify(await settingsView())).not.toContain(KEY.slice(-4));
	});

	test("are refused without SETTINGS_KEY, and not readable under another one", async () => {
		await saveSettings({ LLM_BASE_URL: ADDRESS, LLM_API_KEY: KEY });
		await outside({ SETTINGS_KEY: SECRET.toUpperCase() });
		expect(env().LLM_API_KEY).toBeUndefined();
		expect(await stateOf("LLM_API_KEY")).toMatchObject({ from: "saved", unused: "sealed" });
		await outside({ SETTINGS_KEY: "" });
		expect(await saveSettings({ TAVILY_API_KEY: KEY })).toMatchObject({
			ok: false,
			problems: { TAVILY_API_KEY: expect.stringContaining("SETTINGS_KEY is not set") },
		});
	});

	test("SSRF-10 SEC-08: are forgotten when their address changes and they are not entered anew", async () => {
		await saveSettings({ LLM_BASE_URL: ADDRESS, LLM_API_KEY: KEY });
		expect(await saveSettings({ LLM_BASE_URL: `${ADDRESS}/` })).toEqual({ ok: true, dropped: [] });
		expect(env().LLM_API_KEY?.reveal()).toBe(KEY);
		expect(await saveSettings({ LLM_BASE_URL: "http://127.0.0.1:9000/v1" })).toEqual({
			ok: true,
			dropped: ["LLM_API_KEY"],
		});
		expect(env().LLM_API_KEY).toBeUndefined();
		await saveSettings({ LLM_BASE_URL: ADDRESS, LLM_API_KEY: KEY });
		expect(env().LLM_API_KEY?.reveal()).toBe(KEY);
	});

	test("are not sent to an address that the environment names later", async () => {
		await saveSettings({ LLM_BASE_URL: ADDRESS, LLM_API_KEY: KEY });
		await outside({ LLM_BASE_URL: "http://127.0.0.1:9000/v1" });
		expect(env().LLM_API_KEY).toBeUndefined();
		expect(await stateOf("LLM_API_KEY")).toMatchObject({ unused: "elsewhere" });
	});

	test.each<[secret: string, address: SettingVariable]>([
		["LLM_API_KEY", "LLM_BASE_URL"],
		["EXTRACT_LLM_API_KEY", "LLM_BASE_URL"],
		["TRANSCRIBE_LLM_API_KEY", "TRANSCRIBE_LLM_BASE_URL"],
		["SERPER_API_KEY", "SERPER_BASE_URL"],
		["JINA_API_KEY", "JINA_BASE_URL"],
	])("%s of the environment is not drawn to a saved %s", async (secret, address) => {
		await saveSettings({ [address]: "http://127.0.0.1:9000" });
		const before = (env() as Record<string, unknown>)[address];
		expect(before).toBe("http://127.0.0.1:9000");
		await outside({ [secret]: KEY });
		expect((env() as Record<string, unknown>)[address]).not.toBe(before);
		expect(await saveSettings({ [address]: "http://127.0.0.1:9000" })).toMatchObject({
			ok: false,
			problems: { [address]: expect.stringContaining(`${secret} is set in the environment`) },
		});
	});
});

describe("SEC-08: the key of E2B", () => {
	test("is bound to a domain, and dropped when that changes", async () => {
		await saveSettings({ E2B_API_KEY: KEY });
		expect(env().E2B_API_KEY?.reveal()).toBe(KEY);
		expect(await saveSettings({ E2B_DOMAIN: "e2b.example.org" })).toEqual({ ok: true, dropped: ["E2B_API_KEY"] });
		expect(env().E2B_API_KEY).toBeUndefined();
	});

	test("is not sent to an address that the environment names later", async () => {
		await saveSettings({ E2B_API_KEY: KEY });
		await outside({ E2B_API_URL: "http://127.0.0.1:9000" });
		expect(env().E2B_API_KEY).toBeUndefined();
		expect(await stateOf("E2B_API_KEY")).toMatchObject({ unused: "elsewhere" });
	});

	test("of the environment is not drawn to a saved domain", async () => {
		await saveSettings({ E2B_DOMAIN: "e2b.example.org" });
		await outside({ E2B_API_KEY: KEY });
		expect(env().E2B_DOMAIN).toBe("e2b.app");
		expect(await saveSettings({ E2B_DOMAIN: "e2b.example.org" })).toMatchObject({
			ok: false,
			problems: { E2B_DOMAIN: expect.stringContaining("E2B_API_KEY is set in the environment") },
		});
	});
});

test("what is sealed opens under its own secret and name alone, and not when it was changed", () => {
	const sealed = seal("depth", "LLM_API_KEY", SECRET);
	expect(unseal(sealed, "LLM_API_KEY", SECRET)).toBe("depth");
	expect(unseal(sealed, "TAVILY_API_KEY", SECRET)).toBeUndefined();
	expect(unseal(sealed, "LLM_API_KEY", `${SECRET}x`)).toBeUndefined();
	expect(
		unseal(`${sealed.slice(0, 6)}${sealed[6] === "A" ? "B" : "A"}${sealed.slice(7)}`, "LLM_API_KEY", SECRET),
	).toBeUndefined();
	expect(unseal("1.", "LLM_API_KEY", SECRET)).toBeUndefined();
	expect(seal("depth", "LLM_API_KEY", SECRET)).not.toBe(sealed);
});
