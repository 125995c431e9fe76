"use client";
import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { InBrowser } from "@/components/ui/in-browser";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { afterFirstRows, useFirstRows } from "./first-rows";
import type { RunTab } from "./place";
import { SoundingLine } from "./sounding-line";
import { SoundingStrip } from "./sounding-strip";
import { Timeline, type TimelineHandle } from "./timeline";
import { useLook } from "./use-look";
import { useNewest, useRunDesk, useRunValue } from "./use-run";
import { useRunKeys } from "./use-run-keys";
import { useRunWords } from "./use-run-words";
import { useSteps } from "./use-steps";

const replay = async () => (await import("@/components/replay/replay-bar")).ReplayBar;
const ReplayBar = lazy(async () => ({ default: await afterFirstRows(replay) }));
const RangeNote = lazy(async () => ({ default: (await import("./range-note")).RangeNote }));

type PanesProps = {
	/** The height of it all: rows scroll inside, except on a phone. */
	className: string;
	/** Over the panes: what run this is, and its tabs. */
	head: ReactNode;
	/** Below the rows. */
	foot?: ReactNode;
	inspector(onStep: (by: 1 | -1) => void): ReactNode;
	/** The panes beside the timeline. */
	children: ReactNode;
};

/** The inspector's place, while its code is on the way. */
const inspectorPlace = <div className="hidden border-l border-line bg-surface desk:block" />;

/** A run under one cursor: the line, the rows and the inspector, the other panes, the replay bar. */
export function RunPanes({ className, head, foot, inspector, children }: PanesProps) {
	const page = useRef<HTMLDivElement>(null);
	const handle = useRef<TimelineHandle>(null);
	const [inView, setInView] = useState({ first: 0, last: -1 });
	const { tab, openTab, keys, step } = useSteps(handle);
	const onView = useCallback((first: number, last: number) => setInView({ first, last }), []);
	const openNamed = useCallback((next: string) => openTab(next as RunTab), [openTab]);
	const isTimeline = tab === "timeline";
	useRunKeys(keys, isTimeline);
	return (
		<Tabs value={tab} onValueChange={openNamed}>
			<div
				ref={page}
				className={cn(
					"max-desk:overflow-y-auto",
					className,
					"desk:grid desk:grid-rows-[auto_minmax(0,1fr)_auto]",
					isTimeline
						? "desk:grid-cols-[96px_minmax(0,1fr)_clamp(272px,27.2vw,392px)]"
						: "desk:grid-cols-[96px_minmax(0,1fr)]",
				)}
			>
				<div className="row-span-3 hidden border-r border-line desk:block">
					<SoundingLine inView={inView} />
				</div>
				<div className={cn("min-w-0", isTimeline && "desk:col-span-2")}>
					{head}
					<Narrowed />
				</div>
				<SoundingStrip />
				<TabPanel
					value="timeline"
					keepMounted
					className="relative flex min-h-0 min-w-0 flex-col focus-visible:outline-offset-[-2px] [&[hidden]]:hidden"
				>
					<Timeline page={page} handle={handle} onView={onView} />
					{foot}
				</TabPanel>
				{children}
				{isTimeline && <InBrowser place={inspectorPlace}>{inspector(step)}</InBrowser>}
				<div className={cn("max-desk:sticky max-desk:bottom-0 max-desk:z-6", isTimeline && "desk:col-span-2")}>
					<RunReplay />
				</div>
			</div>
		</Tabs>
	);
}

function Narrowed() {
	const { filter } = useLook();
	return <Suspense>{filter.range && <RangeNote />}</Suspense>;
}

function RunReplay() {
	const { store } = useRunDesk();
	const { state } = useNewest();
	useFirstRows(store.newestRows.length > 0 || store.isCaughtUp);
	return (
		<InBrowser place={<div className="min-h-11 border-t border-line" />}>
			<ReplayBar deck={store} isLive={state !== "ended"} />
		</InBrowser>
	);
}

/** A pane that comes with the page, and is there before any script. */
export const PanePlace = ({ tab, children }: { tab: RunTab; children: ReactNode }) => (
	<TabPanel value={tab} className="min-h-0 min-w-0 focus-visible:outline-offset-[-2px]">
		{children}
	</TabPanel>
);

/**
 * A pane whose code comes when it is opened. The browser alone draws it: by the time it could take over what the server
 * had drawn, the run may have come in, and the words be others.
 */
export const Pane = ({ tab, children }: { tab: RunTab; children: ReactNode }) => (
	<PanePlace tab={tab}>
		<InBrowser place={null}>
			<OnceHere>{children}</OnceHere>
		</InBrowser>
	</PanePlace>
);

/** A pane opened before the run is here has nothing to tell yet; that is not to say that there is nothing. */
function OnceHere({ children }: { children: ReactNode }) {
	const { store } = useRunDesk();
	const isEarly = useRunValue((shown) => shown.isEarly);
	const { t, count } = useRunWords();
	return isEarly ? (
		<p className="p-6 text-[12px]/4 text-ink-3">{t("opening", { n: count(store.summary.calls) })}</p>
	) : (
		children
	);
}
