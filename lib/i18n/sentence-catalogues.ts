import type { Locale } from "./locales";
import zh from "./sentences-zh.json";

const CATALOGUES: Record<Locale, Record<string, string>> = { en: {}, zh };

/** The English sentences of the record with their wording in a language: a reader's page is given its own alone. */
export const sentencesFor = (locale: string): Record<string, string> =>
	locale in CATALOGUES ? CATALOGUES[locale as Locale] : {};
