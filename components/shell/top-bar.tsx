"use client";
import { Settings } from "lucide-react";
import type { Route } from "next";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { PageLink } from "@/components/ui/page-link";
import { Brand } from "./brand";
import { LanguageSwitch } from "./language-switch";
import { PaletteButton } from "./palette-button";
import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";

const PAGES: { href: Route; name: "ask" | "runs" | "compare" | "library" | "settings" }[] = [
	{ href: "/", name: "ask" },
	{ href: "/runs", name: "runs" },
	{ href: "/compare", name: "compare" },
	{ href: "/library", name: "library" },
	{ href: "/settings", name: "settings" },
];

/** The bar over every page: where one is, where one can go. */
export function TopBar({ theme }: { theme: Theme }) {
	const t = useTranslations("shell");
	const path = usePathname();
	const isHere = (href: string) => (href === "/" ? path === "/" : path.startsWith(href));
	return (
		<header className="sticky top-0 z-30 flex h-12 items-center gap-1 border-b border-line bg-paper px-4 max-desk:px-3">
			<PageLink href="/" className="mr-5 rounded-md px-0.5 py-1 max-desk:mr-2">
				<Brand name={t("name")} />
			</PageLink>
			<nav aria-label={t("pages")} className="flex flex-1 gap-0.5">
				{PAGES.map(({ href, name }) => (
					<PageLink
						key={href}
						href={href}
						aria-current={isHere(href) ? "page" : undefined}
						className={cn(
							"rounded-md px-2.5 py-[5px] whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink max-desk:py-2",
							isHere(href) && "bg-hover font-medium text-ink",
						)}
					>
						{name === "settings" ? <SettingsName name={t(name)} /> : t(name)}
					</PageLink>
				))}
			</nav>
			<PaletteButton />
			<LanguageSwitch />
			<div className="max-desk:hidden">
				<ThemeSwitch key={theme} initial={theme} />
			</div>
		</header>
	);
}

/** On a phone the bar has no room for the word, nor for the theme, which stands on that page too. */
const SettingsName = ({ name }: { name: string }) => (
	<>
		<Settings size={16} strokeWidth={1.5} className="my-0.5 desk:hidden" aria-hidden="true" />
		<span className="max-desk:sr-only">{name}</span>
	</>
);
