/** What an installation lets a person choose when asking. */
export type PresetChoice = { id: string; detail: string; available: boolean; why?: string; calls: number };

export type AskSetUp = {
	presets: PresetChoice[];
	preset: string;
	collections: { name: string; documents: number }[];
	web: boolean;
};
