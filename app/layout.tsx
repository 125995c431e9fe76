import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { themeOf } from "@/components/shell/theme";
import { SentencesProvider } from "@/components/ui/use-sentence";
import { sentencesFor } from "@/lib/i18n/sentence-catalogues";

export async function generateMetadata(): Promise<Metadata> {
	const t = await getTranslations("shell");
	return {
		title: { default: t("name"), template: `%s · ${t("name")}` },
		description: t("description"),
		robots: { index: false },
		referrer: "no-referrer",
	};
}

/** Reads the theme's cookie, which also keeps every page dynamic: the content policy needs a fresh nonce each time. */
export default async function RootLayout({ children }: { children: ReactNode }) {
	const [locale, jar] = await Promise.all([getLocale(), cookies()]);
	const theme = themeOf(jar.get("soundings-theme")?.value);
	return (
		<html
			lang={locale}
			data-theme={theme === "system" ? undefined : theme}
			className={`${GeistSans.variable} ${GeistMono.variable}`}
			suppressHydrationWarning
		>
			<body>
				<NextIntlClientProvider>
					<SentencesProvider catalogue={sentencesFor(locale)}>{children}</SentencesProvider>
				</NextIntlClientProvider>
			</body>
		</html>
	);
}
