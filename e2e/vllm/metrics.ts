import type { PrefixCache } from "./tokens";

/** What the server has done so far; the counters advance with what it really served. */
export class Counters {
	running = 0;
	prompt = 0;
	generated = 0;
	readonly finished = new Map<string, number>();

	served(usage: { prompt_tokens: number; completion_tokens: number }, reason: string): void {
		this.prompt += usage.prompt_tokens;
		this.generated += usage.completion_tokens;
		this.finished.set(reason, (this.finished.get(reason) ?? 0) + 1);
	}
}

type Series = { name: string; type: "gauge" | "counter"; help: string; values: [labels: string, value: number][] };

/** The metrics in Prometheus text, under vLLM's names. */
export function metricsText(model: string, counters: Counters, { queries, hits }: PrefixCache): string {
	const one = (name: string, type: Series["type"], help: string, value: number): Series => ({
		name,
		type,
		help,
		values: [["", value]],
	});
	const all: Series[] = [
		one("num_requests_running", "gauge", "Number of requests in model execution batches.", counters.running),
		one("num_requests_waiting", "gauge", "Number of requests waiting to be processed.", 0),
		one("kv_cache_usage_perc", "gauge", "KV-cache usage, 1 means full.", Math.min(1, counters.running / 16)),
		one("prefix_cache_queries_total", "counter", "Tokens looked for in the prefix cache.", queries),
		one("prefix_cache_hits_total", "counter", "Tokens found in the prefix cache.", hits),
		one("prompt_tokens_total", "counter", "Prompt tokens processed.", counters.prompt),
		one("generation_tokens_total", "counter", "Tokens generated.", counters.generated),
		one("num_preemptions_total", "counter", "Preemptions by the scheduler.", 0),
		{
			name: "request_success_total",
			type: "counter",
			help: "Requests that were finished.",
			values: [...counters.finished].map(([reason, count]) => [`,finished_reason="${reason}"`, count]),
		},
	];
	return all.map((series) => textOf(series, model)).join("");
}

const textOf = ({ name, type, help, values }: Series, model: string): string =>
	`# HELP vllm:${name} ${help}\n# TYPE vllm:${name} ${type}\n` +
	values.map(([labels, value]) => `vllm:${name}{engine="0",model_name="${model}"${labels}} ${value}\n`).join("");
