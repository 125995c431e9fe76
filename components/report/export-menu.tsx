"use client";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { DOCUMENT_FORMATS } from "@/lib/trajectory/document";
import { SHAPED_KINDS } from "@/lib/trajectory/redaction-kinds";
import type { ShareChoice } from "@/lib/trajectory/snapshot";
import { queryOf } from "./document-query";
import { useExport } from "./export-room";

/** Nobody reads six hundred calls through before passing them on. */
const WHOLE_RUN: ShareChoice = {
	scope: "trajectory",
	rules: { kinds: SHAPED_KINDS, words: [] },
};

/** Takes the report along as a file; says while it is made. */
export function ExportMenu() {
	const t = useTranslations("documents");
	const { save, isBusy } = useExport();
	const documents = DOCUMENT_FORMATS.map((format) => ({ key: format, label: t(format), onSelect: () => save(format) }));
	const withPages = {
		key: "sources",
		label: t("sources"),
		detail: t("sourcesDetail"),
		onSelect: () => save("html", "?scope=sources"),
	};
	const played = {
		key: "player",
		label: t("player"),
		detail: t("playerDetail"),
		onSelect: () => save("html", `?${queryOf(WHOLE_RUN)}`),
	};
	return (
		<Menu
			trigger={
				<Button size="sm" variant="ghost" disabled={isBusy} title={t("exportAs")}>
					<Download size={13} strokeWidth={1.75} aria-hidden="true" />
					<span aria-live="polite">{isBusy ? t("preparing") : t("export")}</span>
				</Button>
			}
			groups={[documents, [withPages, played]]}
		/>
	);
}
