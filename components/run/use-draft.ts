"use client";
import { type RefObject, useEffect, useState } from "react";

const DRAFT = "soundings-draft";

type Draft = { text: string; write(text: string): void; drop(): void };

/**
 * The typed question, kept in this browser until a run starts from it. Each question that an address brings, or whatever
 * else it is a draft `of`, has a draft of its own, so that trying an example never costs what was being written.
 */
export function useDraft(given: string, box: RefObject<HTMLTextAreaElement | null>, of = given): Draft {
	const key = of ? `${DRAFT}:${of}` : DRAFT;
	const [text, setText] = useState(given);
	useEffect(() => {
		const typedBeforeStart = box.current?.value ?? "";
		const kept = typedBeforeStart && typedBeforeStart !== given ? typedBeforeStart : localStorage.getItem(key);
		if (kept) setText(kept);
		if (given) box.current?.focus();
	}, [given, key, box]);
	return {
		text,
		write: (next) => {
			setText(next);
			localStorage.setItem(key, next);
		},
		drop: () => localStorage.removeItem(key),
	};
}
