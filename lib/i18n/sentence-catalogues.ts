import type { Locale } from "./locales";
import { SENTENCES_ZH } from "./sentences-zh";

const CATALOGUES: Record<Locale, Record<string, string>> = { en: {}, zh: SENTENCES_ZH };

/** The English sentences of the record with their wording in a language: a reader's page is given its own alone. */
export const sentencesFor = (locale: string): Record<string, string> =>
	locale in CATALOGUES ? CATALOGUES[locale as Locale] : {};
