import "server-only";
import type { Meters, MetersRead } from "../trajectory/settings-view";
import { modelFetch } from "./model-fetch";

const WAIT_MS = 3000;
const MAX_CHARACTERS = 5_000_000;

/** vLLM's names of a meter, today's first (reference: its `v1/metrics/loggers.py`). */
const NAMES = {
	running: ["num_requests_running"],
	waiting: ["num_requests_waiting"],
	kvUse: ["kv_cache_usage_perc", "gpu_cache_usage_perc"],
	prompt: ["prompt_tokens_total"],
	generated: ["generation_tokens_total"],
	cacheAsked: ["prefix_cache_queries_total", "gpu_prefix_cache_queries_total"],
	cacheFound: ["prefix_cache_hits_total", "gpu_prefix_cache_hits_total"],
} as const;

/** Reads the meters of the vLLM server behind a base address, within 3 s. */
export async function readMeters(baseUrl: string): Promise<MetersRead> {
	const address = `${baseUrl.replace(/\/+$/, "").replace(/\/v1$/, "")}/metrics`;
	const fetcher = modelFetch({ connect: WAIT_MS });
	// Without the key: vLLM gives its meters to everybody who can reach it.
	const answer = await fetcher(address, { signal: AbortSignal.timeout(WAIT_MS) }).catch(() => undefined);
	const text = await answer?.text().catch(() => undefined);
	if (!answer || text === undefined) return { ok: false, why: `Nothing answers at ${address}.` };
	const meters = answer.ok ? metersIn(text.slice(0, MAX_CHARACTERS), Date.now()) : undefined;
	return meters ? { ok: true, meters } : { ok: false, why: `There are no meters of vLLM at ${address}.` };
}

/** The meters in a text of Prometheus' format, of all engines together; undefined when it holds none of vLLM's. */
export function metersIn(text: string, at: number): Meters | undefined {
	const series = seriesIn(text);
	const valuesOf = (meter: keyof typeof NAMES): number[] =>
		NAMES[meter].map((name) => series.get(name)).find((values) => values !== undefined) ?? [];
	const sum = (meter: keyof typeof NAMES) => valuesOf(meter).reduce((total, value) => total + value, 0);
	if (valuesOf("running").length === 0) return undefined;
	const kvUse = valuesOf("kvUse");
	return {
		at,
		running: sum("running"),
		waiting: sum("waiting"),
		...(kvUse.length > 0 && { kvUse: Math.max(...kvUse) }),
		prompt: sum("prompt"),
		generated: sum("generated"),
		cacheAsked: sum("cacheAsked"),
		cacheFound: sum("cacheFound"),
	};
}

const LINE = /^vllm:(\w+)(?:\{.*\})? (\S+)(?: \d+)?$/;

function seriesIn(text: string): Map<string, number[]> {
	const series = new Map<string, number[]>();
	for (const line of text.split("\n")) {
		const [, name = "", written = ""] = LINE.exec(line.trimEnd()) ?? [];
		const value = Number(written);
		if (name === "" || !Number.isFinite(value)) continue;
		series.set(name, [...(series.get(name) ?? []), value]);
	}
	return series;
}
