"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RunSummary } from "@/lib/trajectory/packet";
import { LineStrip, stripLength } from "./line-strip";
import { Outcome } from "./outcome";
import { RunAge } from "./run-age";
import { scaleOf } from "./run-scale";
import { useNow } from "./use-now";
import { useRunWords } from "./use-run-words";

const STRIP_WIDTH = 256;

/** Runs one under another, their lines on one scale. On a phone each row becomes a block. */
export function RunsTable({ runs }: { runs: RunSummary[] }) {
	const t = useTranslations("runs");
	const { count } = useRunWords();
	const scale = scaleOf(runs);
	return (
		<table className="w-full table-fixed border-collapse text-[13px] max-desk:block">
			<thead className="max-desk:sr-only">
				<tr className="border-b border-line-2 text-left text-[12px] text-ink-3 [&>th]:px-3 [&>th]:py-2 [&>th]:font-normal">
					<th scope="col" className="pl-0!">
						{t("question")}
					</th>
					<th scope="col" className="w-[280px]">
						<span className="flex justify-between tabular-nums" style={{ width: stripLength(STRIP_WIDTH) }}>
							<span>0</span>
							<span>{t("depth")}</span>
							<span>{count(scale)}</span>
						</span>
					</th>
					<th scope="col" className="w-[152px]">
						{t("outcome")}
					</th>
					<th scope="col" className="w-[120px] text-right">
						{t("calls")}
					</th>
					<th scope="col" className="w-[84px] text-right">
						{t("sources")}
					</th>
					<th scope="col" className="w-[108px] pr-0! text-right">
						{t("took")}
					</th>
				</tr>
			</thead>
			<tbody className="max-desk:block max-desk:border-t max-desk:border-line-2">
				{runs.map((run) => (
					<RunRow key={run.id} run={run} scale={scale} />
				))}
			</tbody>
		</table>
	);
}

const ROW =
	"relative border-b border-line hover:bg-hover/60 [&>td]:px-3 [&>td]:py-2.5 max-desk:grid max-desk:grid-cols-[1fr_auto] max-desk:gap-y-1 max-desk:py-3 max-desk:[&>td]:p-0!";

function RunRow({ run, scale }: { run: RunSummary; scale: number }) {
	const { count } = useRunWords();
	const note = run.state === "ended" && run.outcome === "answered" ? "" : run.detail;
	return (
		<tr className={ROW}>
			<td className="pl-0! max-desk:col-span-2">
				<Link
					href={`/runs/${run.id}`}
					dir="auto"
					className="block truncate text-[14px] font-medium after:absolute after:inset-0 max-desk:line-clamp-3 max-desk:wrap-anywhere max-desk:whitespace-normal"
				>
					{run.title}
				</Link>
				<span className="block truncate text-[12px]/4 text-ink-3 max-desk:mt-0.5">
					{run.preset} · <RunAge at={run.createdAt} />
					{note && ` · ${note}`}
				</span>
			</td>
			<td className="max-desk:col-span-2">
				<LineStrip run={run} width={STRIP_WIDTH} scale={scale} />
			</td>
			<td>
				<Outcome run={run} />
			</td>
			<td className="text-right whitespace-nowrap tabular-nums">
				{count(run.calls)} <span className="text-ink-3">/ {count(run.budget)}</span>
			</td>
			<td className="text-right tabular-nums max-desk:hidden">{count(run.sources)}</td>
			<td className="pr-0! text-right whitespace-nowrap tabular-nums max-desk:hidden">
				<Took run={run} />
			</td>
		</tr>
	);
}

/** How long a run took; a running clock while it goes on. */
function Took({ run: { createdAt, endedAt, state } }: { run: RunSummary }) {
	const { duration, clock } = useRunWords();
	const now = useNow(state !== "ended");
	if (endedAt !== undefined) return duration(endedAt - createdAt);
	return now !== undefined && clock(now - createdAt);
}
