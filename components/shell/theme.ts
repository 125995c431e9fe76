/** Light, dark, or whatever the system has. */
export type Theme = "system" | "light" | "dark";

/** What the theme's cookie holds; anything else follows the system. */
export const themeOf = (kept: string | undefined): Theme => (kept === "light" || kept === "dark" ? kept : "system");

const YEAR_SECONDS = 31_536_000;

/** Draws the page in a theme, and keeps it in a cookie, so that the server draws the right one at once. */
export function keepTheme(theme: Theme): void {
	// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
	document.cookie = `soundings-theme=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=strict`;
	if (theme === "system") delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
}
