"use client";
import { useCallback, useEffect, useState } from "react";
import type { PublishPreview, ShareChoice } from "@/lib/trajectory/snapshot";
import { useDeed } from "./use-deed";
import { useRunActions, useRunDesk } from "./use-run";

const TYPING_MS = 300;

/** `preview`: of exactly this choice; undefined while it is looked for and when that failed, which `problem` says. */
export type SharePreviewing = { preview: PublishPreview | undefined; problem: string | undefined; again(): void };

/** Looks through what would leave with a choice, once it has rested. */
export function useSharePreview(choice: ShareChoice): SharePreviewing {
	const { store } = useRunDesk();
	const actions = useRunActions();
	const { act, setback } = useDeed();
	const [looked, setLooked] = useState<{ key: string; preview: PublishPreview }>();
	const key = JSON.stringify(choice);
	const again = useCallback(
		() =>
			act(
				() => actions.previewShare(store.runId, JSON.parse(key) as ShareChoice),
				({ preview }) => setLooked({ key, preview }),
			),
		[act, actions, key, store],
	);
	useEffect(() => {
		const timer = setTimeout(again, TYPING_MS);
		return () => clearTimeout(timer);
	}, [again]);
	const preview = looked?.key === key ? looked.preview : undefined;
	return { preview, problem: preview ? undefined : setback?.message, again };
}
