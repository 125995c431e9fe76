import type { AgentEvent, Attachment } from "./event";

/** Whether an event is of a kind that puts a question, which may have files. */
export const mayBringFiles = <T extends AgentEvent>(
	event: T,
): event is Extract<T, { type: "run.started" | "run.forked" }> =>
	event.type === "run.started" || event.type === "run.forked";

/** The files of a run and of the questions its thread asked before, in the order they came. */
export const attachmentsOf = (events: Iterable<AgentEvent>): Attachment[] =>
	[...events].flatMap((event) => (mayBringFiles(event) ? (event.attachments ?? []) : []));
