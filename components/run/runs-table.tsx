"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import type { RunSummary } from "@/lib/trajectory/packet";
import { LineStrip } from "./line-strip";
import { Outcome } from "./outcome";
import { scaleOf } from "./run-scale";

export type RunsPage = { runs: RunSummary[]; total: number };
export type RunsFilter = { search: string; state: string };
type Load = (filter: RunsFilter & { before?: number; limit: number }) => Promise<RunsPage>;

const PAGE = 30;
const REFRESH_MS = 3000;

/** Every run of the filter; running ones are looked at again every few seconds while the page is seen. */
export function RunsTable({ first, filter, load }: { first: RunsPage; filter: RunsFilter; load: Load }) {
	const t = useTranslations("runs");
	const [{ runs, total }, setPage] = useState(first);
	const goesOn = runs.some(({ state }) => state !== "ended");
	const count = runs.length;
	useEffect(() => {
		if (!goesOn) return;
		const timer = setInterval(() => {
			if (document.hidden) return;
			load({ ...filter, limit: Math.max(count, PAGE) }).then(setPage, () => undefined);
		}, REFRESH_MS);
		return () => clearInterval(timer);
	}, [goesOn, count, filter, load]);
	const more = async () => {
		const last = runs.at(-1);
		if (!last) return;
		const next = await load({ ...filter, before: last.createdAt, limit: PAGE });
		setPage({ runs: [...runs, ...next.runs], total: next.total });
	};
	const scale = scaleOf(runs);
	if (runs.length === 0) return <NoRuns filter={filter} />;
	return (
		<>
			<table className="w-full table-fixed border-collapse text-[13px]">
				<thead className="max-desk:hidden">
					<tr className="border-b border-line-2 text-left text-[12px] text-ink-3 [&>th]:px-3 [&>th]:py-2 [&>th]:font-normal">
						<th className="pl-2!">{t("question")}</th>
						<th className="w-[270px]">
							<span className="flex justify-between tabular-nums">
								<span>0</span>
								<span>{t("depth")}</span>
								<span>{scale}</span>
							</span>
						</th>
						<th className="w-[132px]">{t("outcome")}</th>
						<th className="w-[104px] text-right">{t("calls")}</th>
						<th className="w-[84px] text-right">{t("sources")}</th>
						<th className="w-[92px] pr-2! text-right">{t("took")}</th>
					</tr>
				</thead>
				<tbody>
					{runs.map((run) => (
						<RunRow key={run.id} run={run} scale={scale} />
					))}
				</tbody>
			</table>
			<p className="mt-4 text-[13px] text-ink-3">
				{t("showing", { shown: runs.length, total })}{" "}
				{runs.length < total && (
					<Button variant="ghost" size="sm" onClick={more}>
						{t("more")}
					</Button>
				)}
			</p>
		</>
	);
}

function RunRow({ run, scale }: { run: RunSummary; scale: number }) {
	const t = useTranslations("runs");
	const format = useFormatter();
	const router = useRouter();
	const took = useTook(run);
	const day = format.dateTime(run.createdAt, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
	const note = run.state === "ended" && run.outcome !== "answered" ? run.detail : "";
	return (
		<tr
			className="border-b border-line hover:bg-hover/60 max-desk:block max-desk:py-3 [&>td]:px-3 [&>td]:py-2.5 max-desk:[&>td]:p-0"
			onDoubleClick={() => router.push(`/runs/${run.id}`)}
		>
			<td className="pl-2! max-desk:block">
				<Link
					href={`/runs/${run.id}`}
					className="block truncate text-[14px] font-medium hover:underline max-desk:line-clamp-2 max-desk:whitespace-normal"
				>
					{run.title}
				</Link>
				<span className="block truncate text-[12px]/4 text-ink-3" suppressHydrationWarning>
					{[run.preset, day, note].filter(Boolean).join(" · ")}
				</span>
			</td>
			<td className="max-desk:mt-2 max-desk:block">
				<LineStrip run={run} width={246} scale={scale} />
			</td>
			<td className="max-desk:mt-1 max-desk:inline-block">
				<Outcome run={run} />
			</td>
			<td className="text-right whitespace-nowrap tabular-nums max-desk:ml-3 max-desk:inline-block">
				{run.calls} <span className="text-ink-3">/ {run.budget}</span>
			</td>
			<td className="text-right tabular-nums max-desk:hidden">{run.sources}</td>
			<td
				className="pr-2! text-right whitespace-nowrap tabular-nums max-desk:ml-3 max-desk:inline-block"
				suppressHydrationWarning
			>
				{took || t("none")}
			</td>
		</tr>
	);
}

/** How long a run took, or has taken so far, in the two largest units. */
function useTook({ createdAt, endedAt }: RunSummary): string {
	const t = useTranslations("runs");
	const seconds = Math.max(0, Math.round(((endedAt ?? Date.now()) - createdAt) / 1000));
	if (seconds < 60) return t("seconds", { s: seconds });
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return t("minutes", { m: minutes, s: seconds % 60 });
	return t("hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
}

function NoRuns({ filter }: { filter: RunsFilter }) {
	const t = useTranslations("runs");
	const filtered = filter.search !== "" || filter.state !== "";
	return (
		<div className="border-y border-line py-16 text-center">
			<p className="font-medium">{filtered ? t("noMatch", { search: filter.search || filter.state }) : t("empty")}</p>
			<p className="mt-1 text-ink-3">{filtered ? t("noMatchDetail") : t("emptyDetail")}</p>
			<Link
				href={filtered ? "/runs" : "/"}
				className="mt-4 inline-block underline decoration-line-2 underline-offset-3 hover:decoration-ink"
			>
				{filtered ? t("clear") : t("askOne")}
			</Link>
		</div>
	);
}
