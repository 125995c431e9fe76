"use client";
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import {
	memo,
	type RefObject,
	startTransition,
	useCallback,
	useEffect,
	useImperativeHandle,
	useLayoutEffect,
	useRef,
	useState,
} from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { useInBrowser } from "@/components/ui/in-browser";
import type { CallMarks } from "@/lib/trajectory/call-marks";
import type { Row } from "@/lib/trajectory/row";
import { isUnderWay } from "./activity";
import { afterFirstRows } from "./first-rows";
import { GroupRow } from "./group-row";
import { isOpen } from "./row-filter";
import { TimelineRow } from "./timeline-row";
import { TimelineTools } from "./timeline-tools";
import { useFollowing } from "./use-following";
import { useHit, useLook, useLookedAt } from "./use-look";
import { type Listed, useRowItems } from "./use-row-items";
import { useIsPast, useRunDesk, useRunState } from "./use-run";
import { useRunCursor, useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";
import { useWide } from "./use-wide";

/** What the page may ask of the list: which rows it shows in order, and which of them are in view. */
export type TimelineHandle = { shown(): readonly number[] | undefined; inView(): { first: number; last: number } };

type TimelineProps = {
	/** Scrolls on a phone, where the header scrolls away with the rows. */
	page: RefObject<HTMLElement | null>;
	handle: RefObject<TimelineHandle | null>;
	onView(first: number, last: number): void;
};

/** The rows of a run; only those in view are in the document. Follows the run's end as long as the reader is there. */
export const Timeline = memo(function Timeline({ page, handle, onView }: TimelineProps) {
	const { store } = useRunDesk();
	const state = useRunState();
	const { t } = useRunWords();
	const cursor = useRunCursor();
	const { tab } = useRunPage();
	const { filter } = useLook();
	const pane = useRef<HTMLDivElement>(null);
	const isWide = useWide();
	const scroller = isWide ? pane : page;
	const listed = useRowItems();
	const margin = useMargin(pane, page, isWide);
	/** On a phone the inspector's sheet covers the lower half of the page while a row is chosen. */
	const sheet = !isWide && cursor.index !== undefined ? (page.current?.clientHeight ?? 0) * 0.55 : 0;

	const [ready, hurry] = useReadyRows();
	const sizeOf = (position: number) => {
		const { group, index } = listed.at(position);
		return group ? 35 : estimate(store.row(index), isWide, index === cursor.index);
	};
	/** The rows that came with the page of a run that goes on are its last. */
	const startsAtEnd = store.isEarly && state !== "ended" && cursor.index === undefined;
	const list = useVirtualizer({
		count: listed.count,
		getScrollElement: () => scroller.current,
		estimateSize: sizeOf,
		getItemKey: (position) => listed.key(position),
		overscan: ready,
		initialRect: FIRST_RECT,
		initialOffset: () => offsetOf(startsAtEnd ? listed.count - 1 : listed.positionOf(cursor.index ?? 0), sizeOf),
		/** While another pane is open every row measures 0, and on a phone, where the page scrolls, all would be in view. */
		useCachedMeasurements: tab !== "timeline",
		paddingEnd: sheet + 56,
		scrollMargin: margin,
		scrollPaddingStart: isWide ? 8 : 76,
		scrollPaddingEnd: sheet + 56,
	});
	const place = cn("relative", !useInBrowser() && "max-desk:invisible");
	const isPast = useIsPast();
	const following = useFollowing({
		scroller: scroller.current,
		startsAtEnd: store.summary.state !== "ended",
		isLive: state !== "ended",
		isReplay: isPast,
		height: list.getTotalSize(),
	});
	useImperativeHandle(handle, () => ({ shown: () => listed.indices, inView: () => viewRange(list, listed) }));
	useJump(list, { cursor, listed, far: isWide ? "center" : "start", margin, leave: following.leave, hurry });
	const { first, last } = viewRange(list, listed);
	useEffect(() => {
		onView(first, last);
	}, [first, last, onView]);

	return (
		<div className="relative flex min-h-0 flex-col desk:h-full">
			<TimelineTools />
			<div
				ref={pane}
				className="relative min-h-0 flex-1 desk:overflow-y-auto desk:[scrollbar-width:thin]"
				data-timeline
			>
				{listed.count === 0 && <EmptyTimeline isFiltered={!isOpen(filter)} />}
				{/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a list without markers. */}
				<ol role="list" aria-label={t("timeline")} className={place} style={{ height: list.getTotalSize() }}>
					{list.getVirtualItems().map(({ index: position, key, start }) => (
						<ListedRow
							key={key}
							listed={listed}
							place={{ position, start: start - margin, measure: list.measureElement }}
						/>
					))}
				</ol>
				{startsAtEnd && <div className="desk:[scroll-initial-target:nearest]" />}
			</div>
			<GoToLive following={following} />
		</div>
	);
});

/** The list's window as the server takes it, where no screen is known; rows beyond it come when it is. */
const FIRST_RECT = { width: 0, height: 900 };

/** Where the list stands at first: about where a place is in the middle. */
function offsetOf(position: number | undefined, sizeOf: (position: number) => number): number {
	let above = -FIRST_RECT.height / 2;
	for (let at = 0; at < (position ?? 0); at++) above += sizeOf(at);
	return Math.max(0, above);
}

/** Rows kept ready on either side of those in view. */
const READY = 6;
const REST_MS = 120;

/** How many rows are kept ready. `hurry` at the start of a far way: the others follow when the reader is there. */
function useReadyRows(): [number, () => void] {
	const [{ begun, rested }, setWays] = useState({ begun: 1, rested: 0 });
	useEffect(() => {
		let isHere = true;
		const rest = () => {
			if (isHere) setWays({ begun, rested: begun });
		};
		const timer = setTimeout(() => void afterFirstRows(async () => startTransition(rest)), REST_MS);
		return () => {
			isHere = false;
			clearTimeout(timer);
		};
	}, [begun]);
	const hurry = useCallback(
		() => setWays((ways) => (ways.begun > ways.rested ? ways : { ...ways, begun: ways.begun + 1 })),
		[],
	);
	return [begun === rested ? READY : 1, hurry];
}

type Place = { position: number; start: number; measure(node: HTMLElement | null): void };

/** A place of the list: a row, or the head of a group. */
function ListedRow({ listed, place }: { listed: Listed; place: Place }) {
	const cursor = useRunCursor();
	const { select } = useRunPage();
	const { marks, foundRows } = useLookedAt();
	const hit = useHit();
	const { index, group, isOpen: isGroupOpen = false } = listed.at(place.position);
	if (group) {
		return (
			<GroupRow {...place} group={group} isOpen={isGroupOpen} onToggle={() => listed.toggle(group, isGroupOpen)} />
		);
	}
	const hits = foundRows?.get(index);
	return (
		<TimelineRow
			{...place}
			index={index}
			isSelected={cursor.index === index}
			onSelect={select}
			repeats={repeatedBy(marks.get(index))}
			hits={hits}
			hit={hits && hit}
		/>
	);
}

const repeatedBy = (marks: CallMarks | undefined) => marks?.duplicateOf ?? marks?.refetchOf;

/** Back to the end of a run that goes on, for a reader who has left it. */
function GoToLive({ following }: { following: ReturnType<typeof useFollowing> }) {
	const cursor = useRunCursor();
	const { select } = useRunPage();
	const { t } = useRunWords();
	const isPast = useIsPast();
	const isLive = isUnderWay(useRunState()) && !isPast;
	if (!isLive || (following.isFollowing && cursor.index === undefined)) return;
	return (
		<Button
			className="absolute right-6 bottom-4 z-5 shadow-float max-desk:fixed max-desk:right-4 max-desk:bottom-20"
			onClick={() => {
				select(undefined);
				following.goToEnd();
			}}
		>
			<ArrowDown size={14} aria-hidden="true" />
			{t("goToLive")}
		</Button>
	);
}

type List = Virtualizer<HTMLElement, Element>;
type Jump = {
	cursor: { index: number | undefined; jump: number };
	listed: Listed;
	far: "center" | "start";
	/** Where the list begins: a header that grows while the run comes in moves what was jumped to. */
	margin: number;
	leave(): void;
	hurry(): void;
};

/** A jump is made good for this long when the list moves under it. */
const SETTLING_MS = 2000;

/** Brings the chosen row into view: as little movement as needed when it is near, its middle when it is far. */
function useJump(list: List, { cursor, listed, far, margin, leave, hurry }: Jump): void {
	const done = useRef({ jump: 0, margin: 0, at: 0 });
	useLayoutEffect(() => {
		const last = done.current;
		const isMoved = last.margin !== margin && Date.now() - last.at < SETTLING_MS;
		if (last.jump === cursor.jump && !isMoved) return;
		done.current = { jump: cursor.jump, margin, at: isMoved ? last.at : Date.now() };
		if (cursor.index === undefined) return;
		leave();
		const position = listed.positionOf(cursor.index);
		if (position === undefined) return;
		const isFar = last.at === 0 || isMoved || !isNear(list, position);
		if (isFar) hurry();
		list.scrollToIndex(position, { align: isFar ? far : "auto" });
	});
}

const isNear = ({ range }: List, position: number): boolean =>
	range !== null && position >= range.startIndex - 2 && position <= range.endIndex + 2;

/** First and last row of the run in view, by index; 0 and −1 when there is none. */
function viewRange(list: List, listed: Listed): { first: number; last: number } {
	const range = list.range;
	if (!range) return { first: 0, last: -1 };
	if (listed.count === 0) return { first: 0, last: -1 };
	const last = Math.min(range.endIndex, listed.count - 1);
	return { first: listed.at(range.startIndex).index, last: listed.at(last).index };
}

/** Where the list begins inside the page when the page scrolls. */
function useMargin(pane: RefObject<HTMLElement | null>, page: RefObject<HTMLElement | null>, isWide: boolean): number {
	const [margin, setMargin] = useState(0);
	useLayoutEffect(() => {
		const next = isWide ? 0 : distance(pane.current, page.current);
		if (next !== margin) setMargin(next);
	});
	return margin;
}

function distance(pane: HTMLElement | null, page: HTMLElement | null): number {
	if (!pane || !page) return 0;
	return Math.round(pane.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop);
}

const WITH_THOUGHT = 86;

/** Of a thought that is shown in up to three lines: characters a line, and its height. */
const LINE_CHARS = 98;
const LINE_PX = 21;
/** The line that leads to a sub-agent's steps. */
const SUB_AGENT_PX = 24;

/** Heights before a row is measured: call and result 60, with a thought, as most have, 86; the chosen one shows more of it. */
function estimate(row: Row | undefined, isWide: boolean, isChosen: boolean): number {
	const hasThought = !row || ("thought" in row && (row.thought !== "" || row.text !== ""));
	const more = row?.kind === "call" && row.child !== undefined ? SUB_AGENT_PX : 0;
	if (!isWide) return (hasThought ? 170 : 104) + more;
	if (!hasThought) return 60 + more;
	const chars = isChosen && row && "thought" in row ? (row.thought || row.text).length : 0;
	return WITH_THOUGHT + more + LINE_PX * Math.min(2, Math.floor(chars / LINE_CHARS));
}

function EmptyTimeline({ isFiltered }: { isFiltered: boolean }) {
	const { store } = useRunDesk();
	const state = useRunState();
	const { t, count } = useRunWords();
	if (isFiltered && !store.isEarly) return <p className="px-4 py-8 text-ink-2 desk:px-[86px]">{t("noRowsFiltered")}</p>;
	if (store.summary.calls > 0 && !store.isCaughtUp) {
		return (
			<p className="px-4 py-8 text-[12px]/4 text-ink-3 desk:px-[86px]">
				{t("opening", { n: count(store.summary.calls) })}
			</p>
		);
	}
	return <p className="px-4 py-8 text-ink-2 desk:px-[86px]">{t(state === "queued" ? "emptyQueued" : "empty")}</p>;
}
