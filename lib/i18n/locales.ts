/** The languages of the interface, each named in itself; the first one is meant when nothing fits. */
export const LOCALES = [
	{ locale: "en", name: "English" },
	{ locale: "zh", name: "中文" },
] as const;

export type Locale = (typeof LOCALES)[number]["locale"];

/** Holds the language that was chosen; without it the browser's languages decide. */
export const LOCALE_COOKIE = "soundings-locale";

/**
 * The language to answer in: the chosen one, else the best of an Accept-Language header (RFC 9110 §12.5.4, by weight,
 * `zh-Hant-TW` counts as `zh`), else English.
 */
export function localeOf(chosen: string | undefined, acceptLanguage: string | null): Locale {
	const known = (tag: string | undefined) => LOCALES.find(({ locale }) => locale === tag)?.locale;
	const wanted = (acceptLanguage ?? "")
		.slice(0, 1000)
		.split(",")
		.map((part) => {
			const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
			const weight = parameters.map((each) => /^\s*q=([\d.]+)$/.exec(each)?.[1]).find(Boolean);
			return { tag: tag.split("-")[0], weight: weight === undefined ? 1 : Number(weight) };
		})
		.filter(({ weight }) => weight > 0)
		.sort((a, b) => b.weight - a.weight)
		.map(({ tag }) => known(tag))
		.find(Boolean);
	return known(chosen) ?? wanted ?? "en";
}
