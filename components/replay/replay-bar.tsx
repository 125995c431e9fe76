"use client";
import { ChevronLeft, ChevronRight, Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRunWords } from "@/components/run/use-run-words";
import { useCommand } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { REPLAY_SPEEDS } from "@/lib/trajectory/replay-choices";
import type { ReplayDeck } from "./deck";
import { ReplaySettings } from "./replay-settings";
import { Scrubber } from "./scrubber";
import { type Replay, useReplay } from "./use-replay";

type BarProps = {
	deck: ReplayDeck;
	/** The run goes on: its end is now. */
	isLive: boolean;
};

/** Replays a run: moves the playhead that every pane follows, and says that the past is shown. */
export function ReplayBar({ deck, isLive }: BarProps) {
	const replay = useReplay(deck);
	const t = useTranslations("replay");
	const { isPlaying, playhead, count, toggle, step } = replay;
	const isPast = playhead !== undefined;
	const place = usePlace(deck, replay);
	useReplayKeys(replay);
	const isEmpty = count < 2;
	const icon = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;
	return (
		<section
			aria-label={t("name")}
			className={cn(
				"flex min-h-11 items-center gap-x-3 border-t px-4 py-1.5 max-desk:flex-wrap max-desk:justify-between max-desk:px-3 desk:px-6",
				isPast ? "border-accent-line bg-accent-tint" : "border-line bg-paper",
			)}
		>
			<div className="flex flex-none items-center gap-0.5">
				<Button
					variant="ghost"
					size="icon-sm"
					disabled={isEmpty}
					aria-label={t("back")}
					title={t("back")}
					onClick={() => step(-1)}
				>
					<ChevronLeft {...icon} />
				</Button>
				<Button
					variant="ghost"
					size="icon-sm"
					disabled={isEmpty}
					aria-label={t(isPlaying ? "pause" : "play")}
					title={t(isPlaying ? "pauseHint" : "playHint")}
					onClick={toggle}
				>
					{isPlaying ? <Pause {...icon} /> : <Play {...icon} />}
				</Button>
				<Button
					variant="ghost"
					size="icon-sm"
					disabled={isEmpty || !isPast}
					aria-label={t("forward")}
					title={t("forward")}
					onClick={() => step(1)}
				>
					<ChevronRight {...icon} />
				</Button>
			</div>
			<Scrubber replay={replay} label={t("scrubber")} text={place.full} />
			<p
				className={cn(
					"min-w-0 flex-none text-[13px]/5 tabular-nums text-ink-2 desk:w-[310px] desk:text-right",
					isPast ? "max-desk:order-first max-desk:w-full max-desk:px-1.5 max-desk:pt-1" : "max-desk:hidden",
				)}
			>
				{isPast ? <strong className="font-medium text-ink">{place.past}</strong> : place.now}
				<span className="ml-2 text-ink-3">{place.measure}</span>
			</p>
			<div className={cn("flex flex-none gap-x-3 desk:w-[220px]", !isPast && "max-desk:hidden")}>
				<ReplaySettings replay={replay} />
			</div>
			{/* Keeps its place while there is nothing to go back to: the track must not shrink under the pointer. */}
			<Button
				className={cn("flex-none desk:min-w-[106px]", !isPast && "invisible max-desk:hidden")}
				onClick={replay.toEnd}
			>
				{t(isLive ? "toLive" : "toEnd")}
			</Button>
		</section>
	);
}

/** Where the playhead stands, in words. */
function usePlace(deck: ReplayDeck, { axes, axis, playhead }: Replay) {
	const t = useTranslations("replay");
	const { count, clock, compact } = useRunWords();
	const { view, newest } = deck;
	const calls = { n: count(view.calls), all: count(newest.calls) };
	const line = axes?.[axis];
	const at = playhead === undefined ? line?.length : line?.placeOf(playhead);
	const measure =
		axis === "tokens"
			? t("tokensOf", { at: compact(Math.round(at ?? 0)), all: compact(line?.length ?? 0) })
			: t("timeOf", {
					at: clock((deck.shownAt ?? view.lastAt) - view.startedAt),
					all: clock(newest.lastAt - newest.startedAt),
				});
	const past = view.calls === 0 ? t("beforeCalls", calls) : t("past", calls);
	return { past, now: t("now", calls), measure, full: t("place", { ...calls, measure }) };
}

/** Space plays and pauses, comma and full stop change the speed. */
function useReplayKeys({ isPlaying, toggle, speed, setSpeed, step }: Replay): void {
	const t = useTranslations("replay");
	const change = (by: 1 | -1) => {
		const at = speed === "fit" ? REPLAY_SPEEDS.length : REPLAY_SPEEDS.indexOf(speed);
		const next = REPLAY_SPEEDS[Math.max(0, Math.min(REPLAY_SPEEDS.length - 1, at + by))];
		if (next !== undefined) setSpeed(next);
	};
	const base = { group: "run" } as const;
	useCommand({ ...base, id: "replay-play", label: t(isPlaying ? "pause" : "play"), keys: [" "], run: toggle });
	useCommand({ ...base, id: "replay-back", label: t("back"), run: () => step(-1) });
	useCommand({ ...base, id: "replay-forward", label: t("forward"), run: () => step(1) });
	useCommand({ ...base, id: "replay-slower", label: t("slower"), keys: [","], keyOnly: true, run: () => change(-1) });
	useCommand({ ...base, id: "replay-faster", label: t("faster"), keys: ["."], keyOnly: true, run: () => change(1) });
}
