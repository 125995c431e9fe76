"use client";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { InkLink } from "@/components/ui/ink-link";
import type { RunSummary } from "@/lib/trajectory/packet";
import type { CallRow } from "@/lib/trajectory/row";
import { toolKindOf } from "@/lib/trajectory/tool-kind";
import { argumentLine } from "./row-facts";
import { RunStore } from "./run-store";
import { TextLink } from "./show-more";
import { ToolGlyph } from "./tool-glyph";
import { RunActionsContext, RunDeskContext, useRunActions, useRunState, useRunView } from "./use-run";
import { useRunStream } from "./use-run-stream";
import { useRunWords } from "./use-run-words";

/** Steps that stand open, by run: a row that leaves the screen and comes back is as it was. */
const opened = new Set<string>();

/** In the row of a call that a sub-agent works on: its steps in place, and the way to its run. */
export function SubAgent({ child }: { child: string }) {
	const t = useTranslations("subAgent");
	const [isOpen, setOpen] = useState(() => opened.has(child));
	const toggle = () => {
		if (isOpen) opened.delete(child);
		else opened.add(child);
		setOpen(!isOpen);
	};
	return (
		<div className="mt-1">
			<p className="flex flex-wrap items-baseline gap-x-3 text-[12px]/5 text-ink-3">
				<TextLink isOpen={isOpen} onClick={toggle}>
					{t(isOpen ? "hideSteps" : "showSteps")}
				</TextLink>
				<InkLink href={`/runs/${child}` as Route}>{t("openRun")}</InkLink>
			</p>
			{isOpen && <ChildSteps child={child} />}
		</div>
	);
}

/** The steps once the run's head is here; a sentence when it is gone. */
function ChildSteps({ child }: { child: string }) {
	const t = useTranslations("subAgent");
	const { readRun } = useRunActions();
	const [found, setFound] = useState<RunSummary | "gone">();
	useEffect(() => {
		let isHere = true;
		void readRun(child).then((read) => isHere && setFound(read.ok ? read.summary : "gone"));
		return () => {
			isHere = false;
		};
	}, [child, readRun]);
	if (found === undefined) return <p className="mt-1 text-[12px]/5 text-ink-3">{t("loading")}</p>;
	if (found === "gone") return <p className="mt-1 text-[12px]/5 text-ink-3">{t("gone")}</p>;
	return <FollowedSteps summary={found} />;
}

function FollowedSteps({ summary }: { summary: RunSummary }) {
	const actions = useRunActions();
	const [store] = useState(() => new RunStore(summary));
	const desk = useMemo(() => ({ store, reading: actions }), [store, actions]);
	useRunStream(store, actions, undefined);
	return (
		<RunDeskContext value={desk}>
			<RunActionsContext value={actions}>
				<Steps />
			</RunActionsContext>
		</RunDeskContext>
	);
}

function Steps() {
	const t = useTranslations("subAgent");
	const { view } = useRunView();
	const state = useRunState();
	const { recorded } = useRunWords();
	const calls = view.rows.filter((row): row is CallRow => row.kind === "call");
	return (
		<ol aria-label={t("steps")} className="mt-1.5 mb-0.5 grid gap-y-1.5 border-l-2 border-line-2 pl-3">
			{calls.map((row) => (
				<Step key={row.key} row={row} />
			))}
			<li className="text-[12px]/4 text-ink-3">{state === "ended" ? recorded(view.detail) : t(`states.${state}`)}</li>
		</ol>
	);
}

function Step({ row }: { row: CallRow }) {
	const glyph = row.status === "error" ? "error" : toolKindOf(row.call.name);
	return (
		<li className="grid grid-cols-[22px_14px_minmax(0,1fr)] items-baseline gap-x-2 text-[12px]/4">
			<span className="text-right tabular-nums text-ink-3">{row.n}</span>
			<span className="self-center">
				<ToolGlyph glyph={row.rolledBack ? "rolledBack" : glyph} bare />
			</span>
			<span className="min-w-0">
				<span className="flex min-w-0 gap-x-2 font-mono">
					<b className="flex-none font-medium">{row.call.name}</b>
					<span className="min-w-0 truncate text-ink-2">{argumentLine(row.call)}</span>
				</span>
				<span className="block truncate text-ink-3">{row.summary}</span>
			</span>
		</li>
	);
}
