"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { keepTheme, type Theme } from "./theme";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** Goes round system, light, dark. Kept in a cookie, so that the server draws the right one at once. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
	const t = useTranslations("shell");
	const [theme, setTheme] = useState(initial);
	const Icon = ICONS[theme];
	const next = NEXT[theme];
	const choose = () => {
		setTheme(next);
		keepTheme(next);
	};
	const label = t("theme", { theme: t(`themes.${theme}`), next: t(`themes.${next}`) });
	return (
		<Button variant="ghost" size="icon" onClick={choose} aria-label={label} title={label}>
			<Icon size={16} strokeWidth={1.5} aria-hidden="true" />
		</Button>
	);
}
