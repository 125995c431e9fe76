import { isShelfOfRun } from "./attachments";
import type { Retention, RunSettings } from "./settings";

const SETTINGS = [
	"preset",
	"model",
	"answerMode",
	"calls",
	"context",
	"retention",
	"restarts",
	"sampling",
	"tools",
	"collections",
	"sites",
	"prompts",
	"date",
] as const;
export type SettingName = (typeof SETTINGS)[number];

/** One setting of two runs, in the words of the settings themselves. */
export type SettingRow = { name: SettingName; a: string; b: string };

/** What two runs were set to, setting by setting. Prompts, which are long, stand as one word a version. */
export function settingRows(a: RunSettings | undefined, b: RunSettings | undefined): SettingRow[] {
	const [left, right] = [valuesOf(a), valuesOf(b)];
	return SETTINGS.map((name) => {
		if (name !== "prompts") return { name, a: left[name], b: right[name] };
		return { name, a: "1", b: left.prompts === right.prompts ? "1" : "2" };
	});
}

function valuesOf(settings: RunSettings | undefined): Record<SettingName, string> {
	return {
		preset: settings?.preset ?? "",
		model: settings?.model.id ?? "",
		answerMode: settings?.answerMode ?? "",
		calls: String(settings?.limits.calls ?? ""),
		context: String(settings?.contextTokens ?? ""),
		retention: settings ? retentionLine(settings.retention) : "",
		restarts: String(settings?.restarts ?? ""),
		sampling: Object.entries(settings?.sampling ?? {})
			.map(([name, value]) => `${name} ${value}`)
			.join(", "),
		tools: (settings?.tools ?? []).map(({ name }) => name).join(", "),
		collections: (settings?.collections ?? []).filter((name) => !isShelfOfRun(name)).join(", "),
		sites: [...(settings?.sites?.only ?? []), ...(settings?.sites?.never ?? []).map((site) => `−${site}`)].join(", "),
		prompts: JSON.stringify(settings?.prompts ?? ""),
		date: settings?.date ?? "",
	};
}

function retentionLine(retention: Retention): string {
	if (retention.policy === "keep-all") return retention.policy;
	const batch = retention.policy === "keep-last-batched" ? ` +${retention.batch}` : "";
	return `${retention.policy} ${retention.k}${batch}`;
}
