"use client";
import { useCallback, useState } from "react";

const TOLD_MS = 2000;

/** Puts a text on the clipboard, and says for two seconds that it is there. */
export function useCopied(): [isCopied: boolean, copy: (text: string) => void] {
	const [isCopied, setCopied] = useState(false);
	const copy = useCallback(async (text: string) => {
		await navigator.clipboard.writeText(text);
		setCopied(true);
		setTimeout(() => setCopied(false), TOLD_MS);
	}, []);
	return [isCopied, (text) => void copy(text)];
}
