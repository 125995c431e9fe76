import "server-only";
import { PRESETS } from "../agent/presets";
import { env } from "../env";
import type { Offered } from "../trajectory/settings-view";
import { mcpNames, mcpPath } from "./mcp";
import { searchedIds } from "./search";
import { defaultPreset } from "./settings";

/** What the settings name and use, without asking any of it. */
export function offeredHere(): Offered {
	const { LLM_BASE_URL, EXTRACT_LLM_BASE_URL } = env();
	return {
		presets: PRESETS.map(({ id }) => id),
		preset: defaultPreset().id,
		searched: searchedIds(),
		mcp: mcpNames(),
		mcpFile: mcpPath(),
		hasModel: LLM_BASE_URL !== undefined,
		hasExtraction: EXTRACT_LLM_BASE_URL !== undefined,
	};
}
