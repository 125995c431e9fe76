import { useLocale } from "next-intl";
import { useCallback } from "react";
import { inLanguage } from "@/lib/i18n/sentences";

/** Puts a sentence that was recorded or refused in English into the reader's language, where it is known. */
export function useSentence(): (text: string) => string {
	const locale = useLocale();
	return useCallback((text) => inLanguage(text, locale), [locale]);
}
