import "server-only";
import type { Tool, ToolOutcome } from "../agent/tool";
import { readEvents } from "../db/events";
import type { RunEvent } from "../trajectory/event";

/**
 * Tools that answer from a recorded run when the call is the same: same tool, same arguments in any order. Another call
 * runs, and its summary says that it is not in the recording. A repeated call gets its results in recorded order, the
 * last one again and again.
 */
export async function recordedTools(tools: readonly Tool[], runId: string): Promise<Tool[]> {
	const recording = recordingOf(await readEvents(runId), tools);
	return tools.map((tool) => ({
		...tool,
		run: async (args, context): Promise<ToolOutcome> => {
			const found = recording.next(tool.spec.name, args);
			if (found) return { ...found, summary: `${found.summary} (recorded)` };
			const outcome = await tool.run(args, context);
			return { ...outcome, summary: `${outcome.summary} (not in the recording)` };
		},
	}));
}

function recordingOf(events: readonly RunEvent[], tools: readonly Tool[]) {
	const keyOf = (name: string, given: unknown): string => {
		// As the tool reads them: defaults filled in.
		const read = tools.find(({ spec }) => spec.name === name)?.input.safeParse(given);
		return `${name} ${JSON.stringify(read?.success ? read.data : given, sortedKeys)}`;
	};
	const args = new Map<string, string>();
	const results = new Map<string, ToolOutcome[]>();
	for (const event of events) {
		if (event.type === "model.replied") for (const call of event.calls) args.set(call.id, keyOf(call.name, call.args));
		if (event.type === "tool.called" && event.repaired) args.set(event.callId, keyOf(event.name, event.repaired));
		if (event.type !== "tool.returned" || event.status === "error") continue;
		const key = args.get(event.callId);
		if (key === undefined) continue;
		const { status, text, summary, sources } = event;
		results.set(key, [...(results.get(key) ?? []), { status, text, summary, sources }]);
	}
	return {
		next(name: string, given: unknown): ToolOutcome | undefined {
			const found = results.get(keyOf(name, given));
			return found && (found.length > 1 ? found.shift() : found[0]);
		},
	};
}

const sortedKeys = (_: string, value: unknown): unknown =>
	value !== null && typeof value === "object" && !Array.isArray(value)
		? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
		: value;
