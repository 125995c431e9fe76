/** Light, dark, or whatever the system has. */
export type Theme = "system" | "light" | "dark";

/** What the theme's cookie holds; anything else follows the system. */
export const themeOf = (kept: string | undefined): Theme => (kept === "light" || kept === "dark" ? kept : "system");
