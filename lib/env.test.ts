import { readFileSync } from "node:fs";
import { formatWithOptions, inspect } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { env, environmentProblems, layUnder, settingsTable } from "./env";

test("no settings at all are right settings, and an empty one counts as unset", () => {
	expect(environmentProblems({})).toEqual([]);
	expect(environmentProblems({ PORT: "", LLM_BASE_URL: "", DATA_DIR: " " })).toEqual([]);
});

test.each([
	["PORT", "http", '"http" is not a number'],
	["PORT", "0", '"0" is less than 1'],
	["PORT", "70000", '"70000" is more than 65535'],
	[
		"HOST",
		"0.0.0.0",
		'"0.0.0.0" is not a loopback address; Soundings has no login yet, so it listens on this machine alone',
	],
	["LLM_BASE_URL", "127.0.0.1:8000", '"127.0.0.1:8000" is not an http(s) address'],
	["SEARXNG_URL", "ftp://search.example", '"ftp://search.example" is not an http(s) address'],
	["LLM_PROTOCOL", "xml", '"xml" is none of auto, mirothinker, native'],
	["SHARE_ORIGIN", "share.example.org", '"share.example.org" is not an http(s) address'],
	[
		"SHARE_ORIGIN",
		"https://example.org/share",
		'"https://example.org/share" is more than an origin; leave out the path and what follows',
	],
	[
		"SHARE_ORIGIN",
		"http://127.0.0.1:3000",
		'"http://127.0.0.1:3000" is this machine\'s own name, under which the whole workbench is answered',
	],
	["MAX_PARALLEL_RUNS", "1.5", '"1.5" is not a whole number'],
	["READ_ROBOTS", "maybe", '"maybe" is neither on nor off'],
	["READ_HOST_DELAY_MS", "20000", '"20000" is more than 10000'],
	["PAGES_PER_HOST", "0", '"0" is less than 1'],
	["LLM_CONTEXT", "5", '"5" is less than 4096 tokens; a run does not fit into that'],
	["READ_PRIVATE_HOSTS", "127.0.0.1", '"127.0.0.1" has an entry that is no host:port pair'],
	[
		"BLOCKED_HOSTS",
		"example.org, https://example.com/answers",
		'"example.org, https://example.com/answers" has an entry that is no host or host/path; leave https:// and ports out',
	],
])("%s=%s is refused by name, with the problem and an example that is accepted", (variable, value, problem) => {
	const [found, ...more] = environmentProblems({ [variable]: value });
	expect(more).toEqual([]);
	expect(found).toMatchObject({ variable, problem });
	const [name = "", example] = (found?.example ?? "").split(/=(.*)/s);
	expect(name).toBe(variable);
	expect(environmentProblems({ [name]: example })).toEqual([]);
});

test("README shows the table of settings as it is", () => {
	const readme = readFileSync("README.md", "utf8");
	const shown = /<!-- settings -->\n\n([\s\S]*?)\n\n<!-- \/settings -->/.exec(readme)?.[1];
	expect(shown).toBe(settingsTable());
});

test("a folder of prompts that is not there is refused", () => {
	expect(environmentProblems({ PROMPTS_DIR: "lib" })).toEqual([]);
	expect(environmentProblems({ PROMPTS_DIR: "no-such-folder" })).toMatchObject([
		{ variable: "PROMPTS_DIR", problem: '"no-such-folder" is not a folder' },
	]);
});

const SECRETS = [...settingsTable().matchAll(/^\| `(\w+_KEY)`/gm)].map(([, variable = ""]) => variable);

afterEach(() => {
	vi.unstubAllEnvs();
	layUnder({});
});

test("SEC-04: a key that is printed by accident is none, in whatever way; the request it is for gets it", () => {
	expect(SECRETS.length).toBeGreaterThan(9);
	for (const variable of SECRETS) vi.stubEnv(variable, `sk-planted-0123456789-abcdefghij-${variable}`);
	layUnder({});
	const all = env();
	const thrown = new Error("with its cause", { cause: all });
	const written = [
		inspect(all, { depth: null, showHidden: true }),
		inspect(all, { customInspect: false, depth: null }),
		formatWithOptions({}, "%o %O %j %s", all, all, all, all),
		JSON.stringify(all),
		inspect(structuredClone(Object.values(all).filter((value) => typeof value === "object"))),
		inspect(thrown),
		`${Object.values(all)}`,
		String(all.LLM_API_KEY) + all.LLM_API_KEY,
		JSON.stringify({ ...all, ...all.LLM_API_KEY }),
		new URLSearchParams({ key: String(all.LLM_API_KEY) }).toString(),
	];
	for (const text of written) expect(text).not.toContain("planted");
	expect(`${all.LLM_API_KEY}`).toBe("[secret]");
	expect(JSON.stringify(all)).toContain('"SETTINGS_KEY":"[secret]"');
	for (const variable of SECRETS) {
		const found = Object.entries(all).find(([name]) => name === variable)?.[1];
		expect(found).toMatchObject({ reveal: expect.any(Function) });
	}
	expect(all.LLM_API_KEY?.reveal()).toBe("sk-planted-0123456789-abcdefghij-LLM_API_KEY");
});
