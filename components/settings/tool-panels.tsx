"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { type Offered, SEARCH_PROVIDERS, type SettingsView } from "@/lib/trajectory/settings-view";
import { Panel, PanelPart } from "./panel";
import { SectionForm } from "./section-form";
import type { SettingsDoors } from "./settings-doors";
import { TrialFindings } from "./trial-findings";
import { TrialRow } from "./trial-row";
import { useTrial } from "./use-trial";

type Props = { view: SettingsView; offered: Offered; doors: SettingsDoors };

/** Where the web is searched; each provider can be tried by itself. */
export function SearchPanel({ view, offered, doors }: Props) {
	const t = useTranslations("settings");
	return (
		<Panel id="search" title={t("sections.search.title")} detail={t("sections.search.detail")}>
			<SectionForm states={view.sections.search} keepsSecrets={view.keepsSecrets} doors={doors} />
			<PanelPart>
				<ul aria-label={t("providers")}>
					{SEARCH_PROVIDERS.map(([id, name]) => (
						<TrialRow
							key={id}
							name={name}
							note={t(offered.searched.includes(id) ? "searched" : "notSearched")}
							of={{ what: "search", of: id }}
						/>
					))}
				</ul>
			</PanelPart>
		</Panel>
	);
}

/** How pages are read; any page can be read by way of trial. */
export function ReadingPanel({ view, doors }: Omit<Props, "offered">) {
	const t = useTranslations("settings");
	const trial = useTrial(t("lost"));
	const [url, setUrl] = useState("https://example.com/");
	return (
		<Panel id="reading" title={t("sections.reading.title")} detail={t("sections.reading.detail")}>
			<SectionForm states={view.sections.reading} keepsSecrets={view.keepsSecrets} doors={doors} />
			<PanelPart>
				<form
					noValidate
					className="flex items-end gap-3"
					onSubmit={(event) => {
						event.preventDefault();
						void trial.take({ what: "reading", of: url.trim() });
					}}
				>
					<div className="min-w-0 flex-1">
						<TextField label={t("tryPage")} value={url} onChange={setUrl} inputMode="url" autoComplete="off" mono />
					</div>
					<Button type="submit" disabled={trial.isGoing}>
						{t("sections.reading.try")}
					</Button>
				</form>
				<TrialFindings {...trial} />
				<ul className="mt-2">
					<TrialRow name="Chromium" note={t("rendering")} of={{ what: "rendering", of: "" }} />
				</ul>
			</PanelPart>
		</Panel>
	);
}

/** Something that works as a whole or not, with the button that tries it: the sandbox, the server of recordings. */
export function TriedPanel({ which, view, doors }: Omit<Props, "offered"> & { which: "transcription" | "python" }) {
	const t = useTranslations("settings");
	const trial = useTrial(t("lost"));
	const look = () => void trial.take({ what: which, of: "" });
	return (
		<Panel id={which} title={t(`sections.${which}.title`)} detail={t(`sections.${which}.detail`)}>
			<SectionForm
				states={view.sections[which]}
				keepsSecrets={view.keepsSecrets}
				doors={doors}
				onSaved={look}
				beside={
					<Button disabled={trial.isGoing} onClick={look}>
						{t(`sections.${which}.try`)}
					</Button>
				}
			/>
			<TrialFindings {...trial} />
		</Panel>
	);
}

/** The MCP servers of the configuration file; each can be tried by itself. */
export function McpPanel({ offered }: Pick<Props, "offered">) {
	const t = useTranslations("settings");
	return (
		<Panel id="mcp" title={t("sections.mcp.title")} detail={t("sections.mcp.detail")}>
			<p className="text-[13px]/5 wrap-anywhere text-ink-2">
				{t.rich("mcpFile", {
					path: offered.mcpFile,
					code: (words) => <code className="font-mono text-[12.5px] text-ink">{words}</code>,
				})}
			</p>
			{offered.mcp.length === 0 ? (
				<p className="mt-2 text-[13px]/5 text-ink-3">{t("noMcp")}</p>
			) : (
				<ul aria-label={t("sections.mcp.title")} className="mt-2">
					{offered.mcp.map((name) => (
						<TrialRow key={name} name={name} of={{ what: "mcp", of: name }} />
					))}
				</ul>
			)}
		</Panel>
	);
}
