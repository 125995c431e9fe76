import type { SettingChanges, SettingsSaved } from "@/lib/trajectory/settings-view";

/** The server actions of the settings page. */
export type SettingsDoors = { save(changes: SettingChanges): Promise<SettingsSaved> };
