"use client";
import { Languages } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { LOCALE_COOKIE, LOCALES } from "@/lib/i18n/locales";

const YEAR_SECONDS = 31_536_000;

/** Keeps the language in a cookie, so that the server writes in it at once. */
export function keepLocale(locale: string): void {
	// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
	document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${YEAR_SECONDS}; samesite=strict`;
}

/** The language of the interface; each is named in itself. What runs say and read is not translated. */
export function LanguageSwitch() {
	const t = useTranslations("shell");
	const current = useLocale();
	const router = useRouter();
	const choose = (locale: string) => {
		keepLocale(locale);
		router.refresh();
	};
	const label = t("language");
	return (
		<Menu
			trigger={
				<Button variant="ghost" size="icon" aria-label={label} title={label}>
					<Languages size={16} strokeWidth={1.5} aria-hidden="true" />
				</Button>
			}
			groups={[
				LOCALES.map(({ locale, name }) => ({
					key: locale,
					label: name,
					...(locale === current && { hint: "✓" }),
					onSelect: () => choose(locale),
				})),
			]}
		/>
	);
}
