import type { Snapshot } from "./snapshot";

/** Where an exported run's page keeps things, by element id: what is shown, where it is shown, and each long text. */
export const PLAYED = { root: "run", data: "snapshot" } as const;
export const packedId = (part: string): string => `part/${part}`;

/** What the page is told as JSON; its long texts stand beside it, each gzip in base64. */
export type Played = {
	snapshot: Snapshot;
	/** BCP 47 tag, and the texts of the interface in that language. */
	locale: string;
	messages: Record<string, unknown>;
};
