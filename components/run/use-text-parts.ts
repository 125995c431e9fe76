"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { TextPart } from "./run-actions";

export type LoadedText = {
	/** What is here; undefined before the first part. */
	text: string | undefined;
	chars: number;
	error: string | undefined;
	isLoading: boolean;
	hasMore: boolean;
	more(): void;
};

type Reader = (from: number) => Promise<TextPart>;
type Loaded = { text: string | undefined; chars: number; next: number | undefined; error: string | undefined };

const NOTHING: Loaded = { text: undefined, chars: 0, next: 0, error: undefined };

/** Whoever goes through the rows with a key held down reads none of them: no text is fetched on the way. */
const REST_MS = 80;

/**
 * A long text, part by part. `key` names the text; another key starts over. With `eager` the first part comes by
 * itself, otherwise with `more`.
 */
export function useTextParts(key: string, read: Reader, eager: boolean): LoadedText {
	const [loaded, setLoaded] = useState<Loaded & { key: string }>({ ...NOTHING, key });
	const [isLoading, setLoading] = useState(false);
	const current = loaded.key === key ? loaded : NOTHING;
	const reader = useRef(read);
	reader.current = read;
	const wanted = useRef(key);
	wanted.current = key;

	const load = useCallback(async (of: string, before: Loaded) => {
		setLoading(true);
		const failed = (error: unknown): TextPart => ({
			ok: false,
			error: error instanceof Error ? error.message : String(error),
		});
		const part = await reader.current(before.next ?? 0).catch(failed);
		if (wanted.current !== of) return;
		setLoading(false);
		if (!part.ok) setLoaded({ ...before, error: part.error, next: undefined, key: of });
		else {
			const text = (before.text ?? "") + part.text;
			setLoaded({ text, chars: part.chars, next: part.next, error: undefined, key: of });
		}
	}, []);

	useEffect(() => {
		setLoading(false);
		if (!eager) return;
		const timer = setTimeout(() => void load(key, NOTHING), REST_MS);
		return () => clearTimeout(timer);
	}, [key, eager, load]);

	return {
		text: current.text,
		chars: current.chars,
		error: current.error,
		isLoading,
		hasMore: current.next !== undefined,
		more: () => {
			if (!isLoading && current.next !== undefined) void load(key, current);
		},
	};
}
