"use client";
import { Tabs } from "@base-ui/react/tabs";
import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { CompareCommand } from "@/components/compare/compare-command";
import { ReplayBar } from "@/components/replay/replay-bar";
import { cn } from "@/components/ui/cn";
import type { Packet, RunSummary } from "@/lib/trajectory/packet";
import { Announcer } from "./announcer";
import { ConnectionNote } from "./connection-note";
import { ForkDeskRoom } from "./fork-desk";
import { GoToCall } from "./go-to-call";
import {
	ContextTab,
	fetchPanesWhenIdle,
	Inspector,
	MetricsTab,
	ReportTab,
	SourceReader,
	SourcesTab,
} from "./lazy-panes";
import type { Look } from "./look-query";
import { Notifier } from "./notifier";
import type { RunPlace, RunTab } from "./place";
import { RangeNote } from "./range-note";
import type { RunActions } from "./run-actions";
import { RunHeader } from "./run-header";
import { RunStore } from "./run-store";
import { RunTabs } from "./run-tabs";
import { SoundingLine } from "./sounding-line";
import { SoundingStrip } from "./sounding-strip";
import { SteerBar } from "./steer-bar";
import { Timeline, type TimelineHandle } from "./timeline";
import { useCursor } from "./use-cursor";
import { LookProvider } from "./use-look";
import { RunDeskContext, useNewest, useRunDesk } from "./use-run";
import { useRunKeys } from "./use-run-keys";
import { type OpenedSource, RunPageContext } from "./use-run-page";
import { useRunStream } from "./use-run-stream";
import { useSteps } from "./use-steps";
import { useTabCommands } from "./use-tab-commands";

type RunPageProps = {
	summary: RunSummary;
	place: RunPlace;
	look: Look;
	actions: RunActions;
	/** The beginning of the recorded past, sent along with the page. */
	opening?: ReadableStream<Packet>;
};

/** One run, live or finished: the line, the header, the panes and the inspector. */
export function RunPage({ summary, place, look: firstLook, actions, opening }: RunPageProps) {
	const [store] = useState(() => new RunStore(summary));
	/** A later render of the page brings another one, which is not needed any more. */
	const [first] = useState(opening);
	const desk = useMemo(() => ({ store, actions }), [store, actions]);
	const { connection, retry } = useRunStream(store, actions, first);
	const [look, setLook] = useState(firstLook);
	const cursor = useCursor(store, place, look);
	const [opened, setOpened] = useState<OpenedSource>();
	/** Once loaded it stays: a dialog that leaves while it is open leaves the page behind it hidden from readers. */
	const [isReaderUsed, setReaderUsed] = useState(false);
	const openSource = useCallback((url: string, claims: readonly string[] = []) => {
		setOpened(url === "" ? undefined : { url, claims });
		setReaderUsed(true);
	}, []);
	const isSettled = connection.kind !== "opening";
	useEffect(() => (isSettled ? fetchPanesWhenIdle() : undefined), [isSettled]);
	const state = useMemo(() => ({ ...cursor, openSource }), [cursor, openSource]);
	return (
		<RunDeskContext value={desk}>
			<RunPageContext value={state}>
				<LookProvider look={look} onLook={setLook}>
					<ForkDeskRoom>
						<Panes note={<ConnectionNote connection={connection} onRetry={retry} />} />
					</ForkDeskRoom>
					<Suspense>{isReaderUsed && <SourceReader opened={opened} onClose={() => setOpened(undefined)} />}</Suspense>
					<Announcer />
					<GoToCall />
					<CompareCommand />
					<Notifier />
				</LookProvider>
			</RunPageContext>
		</RunDeskContext>
	);
}

function RunReplay() {
	const { store } = useRunDesk();
	const { state } = useNewest();
	return <ReplayBar deck={store} isLive={state !== "ended"} />;
}

/** A pane whose code comes when it is opened. */
const Pane = ({ tab, children }: { tab: RunTab; children: ReactNode }) => (
	<Tabs.Panel value={tab} className="min-h-0 min-w-0 focus-visible:outline-offset-[-2px]">
		<Suspense>{children}</Suspense>
	</Tabs.Panel>
);

function Panes({ note }: { note: ReactNode }) {
	const page = useRef<HTMLDivElement>(null);
	const handle = useRef<TimelineHandle>(null);
	const [inView, setInView] = useState({ first: 0, last: -1 });
	const { tab, openTab, keys, step } = useSteps(handle);
	const onView = useCallback((first: number, last: number) => setInView({ first, last }), []);
	useRunKeys(keys, tab === "timeline");
	useTabCommands();
	const isTimeline = tab === "timeline";
	return (
		<Tabs.Root
			value={tab}
			onValueChange={(next) => openTab(next as RunTab)}
			ref={page}
			className={cn(
				"h-[calc(100dvh-48px)] max-desk:overflow-y-auto",
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
				<RunHeader>
					<RunTabs />
				</RunHeader>
				{note}
				<RangeNote />
			</div>
			<SoundingStrip />
			<Tabs.Panel
				value="timeline"
				keepMounted
				className="relative flex min-h-0 min-w-0 flex-col focus-visible:outline-offset-[-2px] data-[hidden]:hidden"
			>
				<Timeline page={page} handle={handle} onView={onView} />
				<SteerBar />
			</Tabs.Panel>
			<Pane tab="report">
				<ReportTab />
			</Pane>
			<Pane tab="sources">
				<SourcesTab />
			</Pane>
			<Pane tab="context">
				<ContextTab />
			</Pane>
			<Pane tab="metrics">
				<MetricsTab />
			</Pane>
			{isTimeline && (
				<Suspense fallback={<div className="hidden border-l border-line bg-surface desk:block" />}>
					<Inspector onStep={step} />
				</Suspense>
			)}
			<div className={cn("max-desk:sticky max-desk:bottom-0 max-desk:z-6", isTimeline && "desk:col-span-2")}>
				<RunReplay />
			</div>
		</Tabs.Root>
	);
}
