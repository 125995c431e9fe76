import { afterEach, expect, test } from "vitest";
import { closeServers, standIn } from "../../e2e/fixtures/asking";
import { metersIn, readMeters } from "./meters";

afterEach(closeServers);

test("the meters of a server are read, whatever its address ends in", async () => {
	const { url } = await standIn([{ content: "depth" }]);
	for (const address of [`${url}/v1`, `${url}/v1/`, url]) {
		expect(await readMeters(address)).toMatchObject({ ok: true, meters: { running: 0, waiting: 0, kvUse: 0 } });
	}
});

test("engines are added up, the fullest cache counts, and names of older versions are known", () => {
	const text = `# HELP vllm:num_requests_running Number of requests.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="a } b"} 2.0
vllm:num_requests_running{engine="1",model_name="a"} 1.0
vllm:num_requests_waiting{engine="0"} 4.0
vllm:gpu_cache_usage_perc{engine="0"} 0.25
vllm:gpu_cache_usage_perc{engine="1"} 0.5 1795759346610
vllm:prefix_cache_queries_total{engine="0"} 2.24438e+06
vllm:prefix_cache_hits_total{engine="0"} 1.141488e+06
vllm:generation_tokens_total{engine="0"} 45000.0
vllm:broken{engine="0"} none
`;
	expect(metersIn(text, 7)).toEqual({
		at: 7,
		running: 3,
		waiting: 4,
		kvUse: 0.5,
		prompt: 0,
		generated: 45_000,
		cacheAsked: 2_244_380,
		cacheFound: 1_141_488,
	});
	expect(metersIn("sglang:num_running_reqs 1\n", 7)).toBeUndefined();
});

test("a server without meters, and one that does not answer, are told apart", async () => {
	expect(await readMeters("http://127.0.0.1:1/v1")).toEqual({
		ok: false,
		why: "Nothing answers at http://127.0.0.1:1/metrics.",
	});
});
