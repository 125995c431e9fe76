import type { AgentEventOf, Label } from "./event";

export type Note = { seq: number; at: number; text: string };
export type Judgement = Exclude<Label, "none">;

/** What people said of a run: notes and labels by the event they name; 0 stands for the run itself. */
export type Remarks = { notes: Map<number, Note[]>; labels: Map<number, Judgement>; count: number };

export const emptyRemarks = (): Remarks => ({ notes: new Map(), labels: new Map(), count: 0 });

/** Takes a note or a label in. A label replaces the one before it; a note is added. */
export function remark(remarks: Remarks, event: AgentEventOf<"note.added"> & { seq: number; at: number }): void {
	const target = event.target ?? 0;
	if (event.label === "none") remarks.labels.delete(target);
	else if (event.label) remarks.labels.set(target, event.label);
	if (!event.text) return;
	const note = { seq: event.seq, at: event.at, text: event.text };
	remarks.notes.set(target, [...(remarks.notes.get(target) ?? []), note]);
	remarks.count++;
}

/** Leaves behind what was said of the run as a whole: a fork is another run. */
export function forgetWhole(remarks: Remarks): void {
	remarks.notes.delete(0);
	remarks.labels.delete(0);
	remarks.count = 0;
	for (const notes of remarks.notes.values()) remarks.count += notes.length;
}

/** What a person may change of a run afterwards. */
export type Edited = { title: string; tags: string[]; archived: boolean };

/** Takes a change of title, tags or place in the list in. */
export function edit(edited: Edited, { title, tags, archived }: AgentEventOf<"run.edited">): void {
	if (title !== undefined) edited.title = title;
	if (tags !== undefined) edited.tags = tags;
	if (archived !== undefined) edited.archived = archived;
}

/** A tag as typed, as it is kept: without a leading #, one space between words, lower case. */
export const tagOf = (typed: string): string =>
	typed.trim().replace(/^#+/, "").replace(/\s+/g, " ").trim().toLowerCase();

/** The tags with another one, each once, in the order they were given. */
export const withTag = (tags: readonly string[], typed: string): string[] => {
	const tag = tagOf(typed);
	return tag === "" || tags.includes(tag) ? [...tags] : [...tags, tag];
};
