import { expect, test } from "vitest";
import type { RunSettings } from "../trajectory/settings";
import { modelNames, modelProblem } from "./model-problem";

const using = (provider: RunSettings["model"]["provider"], id: string) =>
	({ model: { provider, id }, preset: "generic" }) as RunSettings;

test("a model that cannot be had here is named, with what would mend it", async () => {
	delete process.env.LLM_BASE_URL;
	expect(await modelProblem(using("extractive", "extractive"))).toBeUndefined();
	expect(await modelProblem(using("openai-compatible", "big"))).toMatch(/^This run used big; LLM_BASE_URL is not set/);
	expect(await modelProblem(using("openai", "gpt"))).toMatch(/^This run used gpt; OPENAI_API_KEY is not set/);
	expect(await modelProblem(using("replay", "x"))).toMatch(/cannot go on/);
	expect(await modelNames()).toEqual([]);
});
