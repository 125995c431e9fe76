import "server-only";
import { forgetSandbox } from "../sandbox/health";
import type { SettingChanges, SettingsSaved } from "../trajectory/settings-view";
import { forgetHealth } from "./health";
import { saveSettings } from "./saved-settings";
import { forgetSearch } from "./search";

/** Saves settings for what begins from here on; what was seen under the old ones is forgotten. */
export async function changeSettings(changes: SettingChanges): Promise<SettingsSaved> {
	const saved = await saveSettings(changes);
	if (!saved.ok) return saved;
	forgetHealth();
	forgetSearch();
	if (Object.keys(changes).some((variable) => /^(PYTHON|E2B)_/.test(variable))) forgetSandbox();
	return saved;
}
