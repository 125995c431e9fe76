"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { keepLocale } from "@/components/shell/language-switch";
import { keepTheme, type Theme } from "@/components/shell/theme";
import { useSingleKeys } from "@/components/shell/use-commands";
import { Segmented } from "@/components/ui/segmented";
import { Switch } from "@/components/ui/switch";
import { LOCALES } from "@/lib/i18n/locales";
import { Panel } from "./panel";

const THEMES = ["system", "light", "dark"] as const;

/** What this browser keeps for itself. */
export function BrowserPanel({ theme: initial }: { theme: Theme }) {
	const t = useTranslations("settings");
	const words = useTranslations("shell");
	const keys = useTranslations("commands");
	const locale = useLocale();
	const router = useRouter();
	const [theme, setTheme] = useState(initial);
	const [hasKeys, setKeys] = useSingleKeys();
	return (
		<Panel id="browser" title={t("sections.browser.title")} detail={t("sections.browser.detail")}>
			<div className="flex flex-wrap items-center gap-x-8 gap-y-4">
				<Segmented
					label={words("language")}
					value={locale}
					options={LOCALES.map(({ locale: value, name }) => ({ value, label: name }))}
					onChange={(next) => {
						keepLocale(next);
						router.refresh();
					}}
				/>
				<Segmented
					label={t("theme")}
					value={theme}
					options={THEMES.map((value) => ({ value, label: t(`themes.${value}`) }))}
					onChange={(next) => {
						keepTheme(next);
						setTheme(next);
						router.refresh();
					}}
				/>
				<Switch checked={hasKeys} onChange={setKeys}>
					{keys("singleKeys")}
				</Switch>
			</div>
		</Panel>
	);
}
