"use client";
import { useTranslations } from "next-intl";
import type { Theme } from "@/components/shell/theme";
import type { Offered, SettingsView } from "@/lib/trajectory/settings-view";
import { BrowserPanel } from "./browser-panel";
import { ModelPanel } from "./model-panel";
import { Panel } from "./panel";
import { SectionForm } from "./section-form";
import type { SettingsDoors } from "./settings-doors";
import { McpPanel, ReadingPanel, SearchPanel, TriedPanel } from "./tool-panels";

type Props = { view: SettingsView; offered: Offered; theme: Theme; doors: SettingsDoors };

const PANELS = [
	"model",
	"extraction",
	"transcription",
	"search",
	"reading",
	"python",
	"mcp",
	"runs",
	"browser",
] as const;

/** The settings, section by section, each saved by itself. */
export function SettingsRoom({ view, offered, theme, doors }: Props) {
	const t = useTranslations("settings");
	const tools = { view, offered, doors };
	return (
		<div className="mx-auto max-w-[1008px] px-8 pt-8 pb-20 max-desk:px-4 max-desk:pt-5">
			<h1 className="text-[22px]/7">{t("title")}</h1>
			<p className="mt-0.5 max-w-[68ch] text-pretty text-ink-2">{t("detail")}</p>
			<div className="mt-6 grid grid-cols-[152px_minmax(0,1fr)] gap-x-10 max-desk:grid-cols-1">
				<nav aria-label={t("onPage")} className="sticky top-16 self-start max-desk:hidden">
					<ul className="grid gap-0.5">
						{PANELS.map((name) => (
							<li key={name}>
								<a
									href={`#${name}`}
									className="-ml-2.5 block rounded-md px-2.5 py-1 text-[13px]/5 text-ink-2 hover:bg-hover hover:text-ink"
								>
									{t(`sections.${name}.title`)}
								</a>
							</li>
						))}
					</ul>
				</nav>
				<div className="min-w-0">
					<ModelPanel which="model" {...tools} />
					<ModelPanel which="extraction" {...tools} />
					<TriedPanel which="transcription" {...tools} />
					<SearchPanel {...tools} />
					<ReadingPanel {...tools} />
					<TriedPanel which="python" {...tools} />
					<McpPanel {...tools} />
					<RunsPanel {...tools} />
					<BrowserPanel theme={theme} />
				</div>
			</div>
		</div>
	);
}

/** What a run gets when nobody chooses, and how many go on at a time. */
function RunsPanel({ view, offered, doors }: Omit<Props, "theme">) {
	const t = useTranslations("settings");
	const states = view.sections.runs.map((state) =>
		state.variable === "DEFAULT_PRESET" ? { ...state, choices: offered.presets } : state,
	);
	return (
		<Panel id="runs" title={t("sections.runs.title")} detail={t("sections.runs.detail", { preset: offered.preset })}>
			<SectionForm states={states} keepsSecrets={view.keepsSecrets} doors={doors} />
		</Panel>
	);
}
