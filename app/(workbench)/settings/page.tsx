import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { SettingsRoom } from "@/components/settings/settings-room";
import { themeOf } from "@/components/shell/theme";
import { offeredHere } from "@/lib/runner/offered";
import { settingsView } from "@/lib/runner/saved-settings";
import * as doors from "./actions";

export async function generateMetadata(): Promise<Metadata> {
	return { title: (await getTranslations("settings"))("title") };
}

/** What this installation is set to, where each setting comes from, and whether what it names works. */
export default async function SettingsPage() {
	const [view, jar] = await Promise.all([settingsView(), cookies()]);
	return (
		<SettingsRoom
			view={view}
			offered={offeredHere()}
			theme={themeOf(jar.get("soundings-theme")?.value)}
			doors={{ ...doors }}
		/>
	);
}
