import type { AgentEventOf, Attachment } from "./event";
import { type Edited, forgetWhole, type Remarks } from "./notes";
import { forkRow, type Row } from "./row";

export type AnswerView = { turn: number; seq: number; content: string; boxed?: string };

/** An earlier question of the thread that a run goes on with, its files, and what was answered; `runId` is the run that asked it. */
export type ThreadPart = {
	question: string;
	runId: string;
	answer?: AnswerView;
	attachments?: readonly Attachment[];
};

/**
 * The thread of further questions: those before, oldest first; the one asked now, its answer and its files.
 */
export type Thread = {
	thread: ThreadPart[];
	asked: string;
	answer?: AnswerView;
	attachments?: readonly Attachment[];
};

/** Takes in the question that a run begins with. */
export function begun(view: Thread, { task, question, attachments }: AgentEventOf<"run.started">): void {
	view.asked = task ?? question;
	if (attachments) view.attachments = attachments;
}

type Parted = Edited & Thread & { question: string; rows: Row[]; calls: number; remarks: Remarks };

/**
 * Takes in where a run leaves its parent. What was said of the parent as a whole (title, tags, place in the list, its
 * label) stays with the parent; what was said of a shared call stays with the call.
 */
export function forked(view: Parted, event: AgentEventOf<"run.forked"> & { seq: number; at: number }): void {
	view.rows.push(forkRow(event, view.calls));
	view.title = view.question;
	view.tags = [];
	view.archived = false;
	forgetWhole(view.remarks);
	if (event.followUp === undefined) return;
	const { answer, asked, attachments } = view;
	const before = { question: asked, runId: event.parent.runId };
	view.thread = [...view.thread, { ...before, ...(answer && { answer }), ...(attachments && { attachments }) }];
	view.asked = event.followUp;
	delete view.answer;
	if (event.attachments) view.attachments = event.attachments;
	else delete view.attachments;
}
