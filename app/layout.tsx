import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { CommandsProvider } from "@/components/shell/commands-provider";
import type { Theme } from "@/components/shell/theme-switch";
import { TopBar } from "@/components/shell/top-bar";
import { findRuns } from "./runs/actions";

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
	const [locale, t, jar] = await Promise.all([getLocale(), getTranslations("shell"), cookies()]);
	const kept = jar.get("soundings-theme")?.value;
	const theme: Theme = kept === "light" || kept === "dark" ? kept : "system";
	return (
		<html
			lang={locale}
			data-theme={theme === "system" ? undefined : theme}
			className={`${GeistSans.variable} ${GeistMono.variable}`}
			suppressHydrationWarning
		>
			<body>
				<NextIntlClientProvider>
					<a
						href="#main"
						className="fixed -top-16 left-2 z-50 rounded-md bg-surface px-3 py-2 shadow-float focus:top-2"
					>
						{t("skip")}
					</a>
					<CommandsProvider findRuns={findRuns}>
						<TopBar theme={theme} />
						<main id="main">{children}</main>
					</CommandsProvider>
				</NextIntlClientProvider>
			</body>
		</html>
	);
}
