import "server-only";
import type { Tool, ToolOutcome } from "../agent/tool";
import { readEvents } from "../db/events";
import type { RunEvent } from "../trajectory/event";
import { callKey, callResults } from "./call-results";

/**
 * Tools that answer from a recorded run when the call is the same: same tool, same arguments in any order. Another call
 * runs, and its summary says that it is not in the recording. A repeated call gets its results in recorded order, the
 * last one again and again.
 */
export async function recordedTools(tools: readonly Tool[], runId: string): Promise<Tool[]> {
	const next = recordingOf(await readEvents(runId), tools);
	return tools.map((tool) => ({
		...tool,
		run: async (args, context): Promise<ToolOutcome> => {
			const found = next(tool.spec.name, args);
			if (found) return { ...found, summary: `${found.summary} (recorded)` };
			const outcome = await tool.run(args, context);
			return { ...outcome, summary: `${outcome.summary} (not in the recording)` };
		},
	}));
}

function recordingOf(events: readonly RunEvent[], tools: readonly Tool[]) {
	const results = new Map<string, ToolOutcome[]>();
	for (const { key, outcome } of callResults(events, tools)) results.set(key, [...(results.get(key) ?? []), outcome]);
	return (name: string, given: unknown): ToolOutcome | undefined => {
		const found = results.get(callKey(tools, name, given));
		return found && (found.length > 1 ? found.shift() : found[0]);
	};
}
