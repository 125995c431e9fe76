import "server-only";
import { type Model, ModelFault } from "../agent/model";
import type { AgentEvent, AgentEventOf } from "../trajectory/event";

/** Answers with the replies of a recorded run, in order: the same tools then give the same events again. */
export function replay(events: readonly AgentEvent[]): Model {
	const recorded = events.filter((event): event is AgentEventOf<"model.replied"> => event.type === "model.replied");
	let at = 0;
	return {
		provider: "replay",
		id: "replay",
		async *reply() {
			const next = recorded[at++];
			if (!next)
				throw new ModelFault("not_found", `The recording has ${recorded.length} replies and was asked for one more.`);
			if (next.reasoning) yield { part: "reasoning", text: next.reasoning };
			if (next.content) yield { part: "text", text: next.content };
			const { content, reasoning, calls, finish, usage, ms } = next;
			return { content, calls, finish, usage, ms, ...(reasoning !== undefined && { reasoning }) };
		},
	};
}
