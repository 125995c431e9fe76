import type { RunSummary } from "@/lib/trajectory/packet";

/** What this installation offers to a question. */
export type AskSetUp = {
	presets: PresetChoice[];
	/** The preset that is chosen when nobody chose. */
	preset: string;
	collections: { name: string; documents: number }[];
	web: boolean;
};

/** `calls` is the budget the preset asks for; `plans`: a language model can plan with a person before the first call; `why` says what is missing when it cannot run here. */
export type PresetChoice = {
	id: string;
	detail: string;
	available: boolean;
	why?: string;
	calls: number;
	plans: boolean;
};

/** How a question is to be gone about; without `depth`, as deep as the preset asks for. */
export type AskChoice = { preset: string; answerMode: RunSummary["answerMode"]; collections: string[]; depth?: number };

/** Budgets of calls a person can choose from. */
export const DEPTHS = [25, 100, 300, 600] as const;

/** The budget that stands chosen: a person's, or the deepest one that the preset's own covers. */
export function depthOf({ depth, preset }: AskChoice, presets: readonly PresetChoice[]): number {
	const calls = presets.find(({ id }) => id === preset)?.calls ?? DEPTHS[1];
	return depth ?? DEPTHS.findLast((known) => known <= calls) ?? DEPTHS[0];
}
