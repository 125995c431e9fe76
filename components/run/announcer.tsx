"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { RunStore } from "./run-store";
import { useQuestion } from "./use-question";
import { useRunDesk } from "./use-run";
import { useRunWords } from "./use-run-words";

/** A screen reader hears of a running run at most this often; of its end at once. */
const PAUSE_MS = 15_000;

type Counts = { calls: number; sources: number; isOver: boolean };
const countsOf = ({ newest, newestState }: RunStore): Counts => ({
	calls: newest.calls,
	sources: newest.sources.size,
	isOver: newestState === "ended",
});

type Said = { counts: Counts; at: number };

function isNews(before: Said, next: Said): boolean {
	if (next.counts.isOver) return !before.counts.isOver;
	return next.counts.calls !== before.counts.calls && next.at - before.at >= PAUSE_MS;
}

/** Polite news of the run for those who do not see it: calls made, sources found, how it ended. */
export function Announcer() {
	const { store } = useRunDesk();
	const { t, recorded } = useRunWords();
	const [said, setSaid] = useState("");
	const asks = useTranslations("approval");
	const last = useRef<Said>(undefined);

	useQuestion(() => setSaid(asks("notify")));
	useEffect(
		() =>
			store.subscribe(() => {
				if (!store.isCaughtUp && store.newest.state !== "ended") return;
				const next = { counts: countsOf(store), at: Date.now() };
				const before = last.current;
				if (before && !isNews(before, next)) return;
				last.current = next;
				const { calls, sources, isOver } = next.counts;
				if (before)
					setSaid(
						isOver ? t("news.ended", { detail: recorded(store.newest.detail) }) : t("news.calls", { calls, sources }),
					);
			}),
		[store, t, recorded],
	);

	return (
		<p role="status" aria-live="polite" className="sr-only">
			{said}
		</p>
	);
}
