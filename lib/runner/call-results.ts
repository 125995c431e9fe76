import type { Tool, ToolOutcome } from "../agent/tool";
import type { RunEvent } from "../trajectory/event";

/** Equal for calls that ask the same: same tool, same arguments in any order, as the tool reads them (defaults filled in). */
export function callKey(tools: readonly Tool[], name: string, given: unknown): string {
	const read = tools.find(({ spec }) => spec.name === name)?.input.safeParse(given);
	return `${name} ${JSON.stringify(read?.success ? read.data : given, sortedKeys)}`;
}

type CallResult = { key: string; name: string; at: number; outcome: ToolOutcome };

/** What the calls of a run gave, in order; failed ones left out. */
export function callResults(events: readonly RunEvent[], tools: readonly Tool[]): CallResult[] {
	const calls = new Map<string, { key: string; name: string }>();
	const results: CallResult[] = [];
	for (const event of events) {
		if (event.type === "model.replied") {
			for (const { id, name, args } of event.calls) calls.set(id, { key: callKey(tools, name, args), name });
		}
		if (event.type === "tool.called" && event.repaired) {
			calls.set(event.callId, { key: callKey(tools, event.name, event.repaired), name: event.name });
		}
		if (event.type !== "tool.returned" || event.status === "error") continue;
		const call = calls.get(event.callId);
		if (!call) continue;
		const { status, text, summary, sources, at } = event;
		results.push({ ...call, at, outcome: { status, text, summary, sources } });
	}
	return results;
}

const sortedKeys = (_: string, value: unknown): unknown =>
	value !== null && typeof value === "object" && !Array.isArray(value)
		? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
		: value;
