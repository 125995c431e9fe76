import { cookies, headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { CommandsProvider } from "@/components/shell/commands-provider";
import { EARLY_HANDS } from "@/components/shell/early-hands";
import { themeOf } from "@/components/shell/theme";
import { TopBar } from "@/components/shell/top-bar";
import { findRuns } from "./runs/actions";

/** What stands around every page of the workbench: the bar, the palette, the keys. A shared page has none of it. */
export default async function WorkbenchLayout({ children }: { children: ReactNode }) {
	const [t, jar, sent] = await Promise.all([getTranslations("shell"), cookies(), headers()]);
	return (
		<>
			<script nonce={sent.get("x-nonce") ?? undefined} suppressHydrationWarning>
				{EARLY_HANDS}
			</script>
			<a href="#main" className="fixed -top-16 left-2 z-50 rounded-md bg-surface px-3 py-2 shadow-float focus:top-2">
				{t("skip")}
			</a>
			<CommandsProvider findRuns={findRuns}>
				<TopBar theme={themeOf(jar.get("soundings-theme")?.value)} />
				<main id="main">{children}</main>
			</CommandsProvider>
		</>
	);
}
