import { expect, test } from "vitest";
import { settingsTable } from "../env";
import { SETTINGS_SECTIONS } from "../trajectory/settings-view";

/** The settings that the page cannot save, each with the reason why the environment alone decides it. */
const NOT_ON_THE_PAGE: Record<string, string> = {
	DATA_DIR: "saved settings lie in it",
	HOST: "is bound before anything saved is read",
	PORT: "is bound before anything saved is read",
	SETTINGS_KEY: "seals the keys of the page; kept beside them it would seal nothing",
	OPENAI_API_KEY: "LLM_BASE_URL, LLM_API_KEY and LLM_MODEL say the same of OpenAI and can be tried",
	OPENAI_MODEL: "LLM_BASE_URL, LLM_API_KEY and LLM_MODEL say the same of OpenAI and can be tried",
	READ_PRIVATE_HOSTS: "opens hosts of the private network",
	SHARE_ORIGIN: "opens shared pages to others",
	MCP_CONFIG: "names a file, and programs in it that are started",
	PROMPTS_DIR: "names a folder of this machine",
	CHROMIUM: "names a program of this machine that is started",
	PYTHON_IMAGE: "names what the model's code runs in",
	E2B_API_URL: "draws the key, code and files of a run to another address",
	E2B_SANDBOX_URL: "draws code and files of a run to another address",
	PYTHON_PARALLEL: "is read once, when the first code runs",
};

test("every setting is on the page, or named here with the reason why it is not", () => {
	const all = [...settingsTable().matchAll(/^\| `(\w+)`/gm)].map(([, variable = ""]) => variable);
	const onPage: string[] = Object.values(SETTINGS_SECTIONS)
		.flat()
		.map(({ variable }) => variable);
	expect(all.length).toBeGreaterThan(onPage.length);
	expect([...onPage, ...Object.keys(NOT_ON_THE_PAGE)].sort()).toEqual(all.sort());
});
