import "server-only";
import { inArray } from "drizzle-orm";
import { store } from "./client";
import { settings } from "./schema";

/** One saved setting as it is kept. `sentTo` stands with secrets alone: the address that may see it. */
export type SavedSetting = { variable: string; value: string; sentTo?: string };

export async function listSavedSettings(): Promise<SavedSetting[]> {
	const { variable, value, sentTo } = settings;
	const rows = store().select({ variable, value, sentTo }).from(settings).all();
	return rows.map(({ sentTo: to, ...setting }) => ({ ...setting, ...(to !== null && { sentTo: to }) }));
}

/** Keeps some settings and forgets others, all or none. */
export async function changeSavedSettings(kept: readonly SavedSetting[], forgotten: readonly string[]): Promise<void> {
	const names = [...forgotten, ...kept.map(({ variable }) => variable)];
	if (names.length === 0) return;
	const savedAt = Date.now();
	store().transaction(
		(tx) => {
			tx.delete(settings).where(inArray(settings.variable, names)).run();
			for (const setting of kept)
				tx.insert(settings)
					.values({ ...setting, savedAt })
					.run();
		},
		{ behavior: "immediate" },
	);
}
