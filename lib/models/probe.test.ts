import http from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { closeServers, listening, standIn } from "../../e2e/fixtures/asking";
import type { StandInOptions, StandInReply } from "../../e2e/vllm/reply";
import { probe } from "./probe";

afterEach(closeServers);

const call = { calls: [{ name: "record_depth", args: { depth: 42 } }] };

async function findings(options: Partial<StandInOptions> = {}, steps: StandInReply[] = [{ content: "depth" }]) {
	const server = await standIn(steps, { contextTokens: 4096, ...options });
	const report = await probe({ baseUrl: `${server.url}/v1` });
	const ok = Object.fromEntries(report.findings.map((finding) => [finding.id, finding.ok]));
	return { report, ok };
}

describe("the probe", () => {
	test("finds a MiroThinker server as the agent needs it", async () => {
		const { report, ok } = await findings({ model: "mirothinker-1.7" });
		expect(ok).toEqual({
			models: true,
			streaming: true,
			usage: true,
			"cached-tokens": true,
			"keeps-thoughts": true,
			continues: true,
			overflow: true,
			"tool-calls": false,
		});
		expect(report).toMatchObject({
			reachable: true,
			version: "0.29.0",
			protocol: "mirothinker",
			model: { id: "mirothinker-1.7", contextTokens: 4096 },
		});
	});

	test("finds a template that drops the thoughts of earlier turns, and says what to do", async () => {
		const { report, ok } = await findings({ keepsThoughts: false });
		expect(ok["keeps-thoughts"]).toBe(false);
		const found = report.findings.find(({ id }) => id === "keeps-thoughts");
		expect(found).toMatchObject({ remedy: expect.stringContaining("chat template that keeps <think>") });
	});

	test("finds missing usage", async () => {
		expect((await findings({ withUsage: false })).ok).toMatchObject({ usage: false, "cached-tokens": false });
	});

	test("chooses native tool calls when the server makes them and the model is no MiroThinker", async () => {
		expect((await findings({ model: "other" }, [call])).report.protocol).toBe("native");
		expect((await findings({ model: "MiroThinker-1.7" }, [call])).report.protocol).toBe("mirothinker");
	});

	test.each(["0.29.0", "0.14.0", "0.9.2", "sglang"])(
		"knows the words of %s for a prompt that is too long",
		async (version) => {
			expect((await findings({ version })).ok.overflow).toBe(true);
		},
	);

	test("names a model that is not served, a server that is none, and one that is not there", async () => {
		const server = await standIn([{ content: "x" }]);
		const other = await probe({ baseUrl: `${server.url}/v1`, model: "gone" });
		expect(other.findings).toEqual([
			{
				id: "models",
				ok: false,
				detail: 'The server does not serve "gone".',
				remedy: "Set LLM_MODEL to one of: stand-in",
			},
		]);
		const page = await listening(http.createServer((_, response) => response.end("<html>hello</html>")));
		expect((await probe({ baseUrl: `${page}/v1` })).findings[0]?.detail).toContain("is not a model server");
		await closeServers();
		expect(await probe({ baseUrl: `${page}/v1` })).toMatchObject({ reachable: false });
	});

	test("is bounded in time on a server that never answers", async () => {
		const mute = await listening(http.createServer(() => undefined));
		const since = performance.now();
		expect(await probe({ baseUrl: `${mute}/v1`, stepMs: 100 })).toMatchObject({ reachable: false });
		expect(performance.now() - since).toBeLessThan(1000);
	});
});
