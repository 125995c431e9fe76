"use client";
import { createContext, type ReactNode, useCallback, useContext, useMemo } from "react";
import { inLanguage, sentencesOf, type WordedSentence } from "@/lib/i18n/sentences";

const SentencesContext = createContext<readonly WordedSentence[]>([]);

type Props = {
	/** English sentences with their wording in the reader's language; empty where that is English. */
	catalogue: Record<string, string>;
	children: ReactNode;
};

/** Gives the page the sentences of its reader's language, so that no script holds those of all languages. */
export function SentencesProvider({ catalogue, children }: Props) {
	const sentences = useMemo(() => sentencesOf(catalogue), [catalogue]);
	return <SentencesContext value={sentences}>{children}</SentencesContext>;
}

/** Puts a sentence that was recorded or refused in English into the reader's language, where it is known. */
export function useSentence(): (text: string) => string {
	const sentences = useContext(SentencesContext);
	return useCallback((text) => inLanguage(text, sentences), [sentences]);
}
