import { expect, test } from "vitest";
import { PRESETS, presetOf } from "./presets";

test("MiroThinker's presets are the published ones: turns, K, restarts, failure summary", () => {
	const rows = PRESETS.filter(({ rules }) => rules === "mirothinker").map(
		({ id, turns, retention, restarts, failureSummary }) =>
			[id, turns, retention.policy === "keep-last" ? retention.k : -1, restarts, failureSummary] as const,
	);
	expect(rows).toEqual([
		["mirothinker-1.0", 600, 5, 5, true],
		["mirothinker-1.0-keep-all", 600, -1, 0, false],
		["mirothinker-1.5", 200, 5, 5, true],
		["mirothinker-1.5-400", 400, 5, 5, true],
		["mirothinker-1.7", 200, 5, 5, false],
		["mirothinker-1.7-300", 300, 5, 5, false],
	]);
});

test("their window, protocol and sampling are the published ones; min_p and top_k are not sent", () => {
	for (const preset of PRESETS.filter(({ rules }) => rules === "mirothinker")) {
		expect(preset).toMatchObject({ protocol: "mirothinker", contextTokens: 262_144, builtIn: false });
		expect(preset.sampling).toEqual({ temperature: 1, top_p: 0.95, repetition_penalty: 1.05, max_tokens: 16_384 });
	}
});

test("generic calls natively and evicts in batches; the built-in engine keeps all and samples nothing", () => {
	expect(presetOf("generic")).toMatchObject({
		protocol: "native",
		retention: { policy: "keep-last-batched", k: 5, batch: 10 },
	});
	expect(presetOf("extractive")).toMatchObject({
		builtIn: true,
		retention: { policy: "keep-all" },
		sampling: { temperature: 0 },
	});
	expect(presetOf("nope")).toBeUndefined();
});
