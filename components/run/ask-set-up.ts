import type { RunSummary } from "@/lib/trajectory/packet";
import type { Retention } from "@/lib/trajectory/settings";

/** What this installation offers to a question. */
export type AskSetUp = {
	presets: PresetChoice[];
	/** The preset that is chosen when nobody chose. */
	preset: string;
	collections: { name: string; documents: number }[];
	web: boolean;
	/** Tools that ask a person first unless somebody chooses otherwise; `*` stands for all. */
	approval: string[];
};

/**
 * `calls` is the budget the preset asks for, `keeps` what its model sees of earlier results, `plans`: a language model
 * can plan with a person before the first call, `tools`: the names of what its model may call. A preset that is not available lacks a model server.
 */
export type PresetChoice = {
	id: string;
	available: boolean;
	calls: number;
	plans: boolean;
	tools: string[];
	keeps?: Retention;
};

/** How a question is to be gone about; without `depth`, as deep as the preset asks for. */
export type AskChoice = {
	preset: string;
	answerMode: RunSummary["answerMode"];
	collections: string[];
	depth?: number;
	/** Tools left out, and tools that ask first, by name: of whatever preset, so that a change of preset keeps both. */
	withoutTools: string[];
	approval: string[];
};

/** The tools a run of this choice may call. */
export const toolsOf = ({ preset, collections }: AskChoice, presets: readonly PresetChoice[]): string[] =>
	(presets.find(({ id }) => id === preset)?.tools ?? []).filter(
		(name) => name !== "library_search" || collections.length > 0,
	);

/** Budgets of calls a person can choose from. */
export const DEPTHS = [25, 100, 300, 600] as const;

/** The budget that stands chosen: a person's, or the deepest one that the preset's own covers. */
export function depthOf({ depth, preset }: AskChoice, presets: readonly PresetChoice[]): number {
	const calls = presets.find(({ id }) => id === preset)?.calls ?? DEPTHS[1];
	return depth ?? DEPTHS.findLast((known) => known <= calls) ?? DEPTHS[0];
}
