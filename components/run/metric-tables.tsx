"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RunMetrics } from "@/lib/trajectory/metrics";
import { toolKindOf } from "@/lib/trajectory/tool-kind";
import { ToolGlyph } from "./tool-glyph";
import { useRunWords } from "./use-run-words";

const MOST_HOSTS = 12;

/** By tool, by site, and what went wrong. */
export function MetricTables({ metrics }: { metrics: RunMetrics }) {
	const t = useTranslations("metrics");
	const { t: run, count, duration } = useRunWords();
	const { tools, hosts, rollbacks, faults, calls } = metrics;
	const rest = hosts.length - MOST_HOSTS;
	return (
		<div className="grid items-start gap-x-10 gap-y-8 desk:grid-cols-2">
			<Table
				title={t("byTool")}
				heads={[t("tool"), t("calls"), t("failed"), t("newSources"), t("meanTime")]}
				rows={tools.map(({ name, calls: made, errors, newSources, ms }) => [
					<span key={name} className="inline-flex items-center gap-2">
						<ToolGlyph glyph={toolKindOf(name)} />
						<span className="font-mono text-[12.5px]">{name}</span>
					</span>,
					count(made),
					count(errors),
					count(newSources),
					duration(ms / Math.max(1, made)),
				])}
			/>
			<Table
				title={t("bySite")}
				heads={[t("site"), t("opened"), t("seen")]}
				rows={hosts.slice(0, MOST_HOSTS).map(({ host, opened, seen }) => [
					<span key={host} className="[overflow-wrap:anywhere]">
						{host}
					</span>,
					count(opened),
					count(seen),
				])}
				{...(rest > 0 && { note: t("moreSites", { n: rest }) })}
			/>
			{rollbacks.length + faults.length > 0 && (
				<Table
					title={t("wentWrong")}
					heads={[t("what"), t("times")]}
					rows={[
						...rollbacks.map(([reason, n]) => [t(`rollbacks.${reason}`), count(n)]),
						...faults.map(([fault, n]) => [
							fault === "unexpected" ? t("unexpected") : run(`faults.${fault}`),
							count(n),
						]),
					]}
				/>
			)}
			{rollbacks.length + faults.length === 0 && calls > 0 && (
				<p className="text-[13px]/5 text-ink-2">{t("nothingWrong")}</p>
			)}
		</div>
	);
}

type TableProps = { title: string; heads: readonly string[]; rows: readonly (readonly ReactNode[])[]; note?: string };

function Table({ title, heads, rows, note }: TableProps) {
	return (
		<section className="min-w-0 overflow-x-auto">
			<h2 className="mb-1.5 text-[13px]/5 font-semibold">{title}</h2>
			<table className="w-full text-[13px]/5">
				<thead className="text-[12px]/4 text-ink-3">
					<tr className="border-b border-line-2 *:py-1.5 *:pl-4 *:text-right *:font-normal *:first:pl-0 *:first:text-left">
						{heads.map((head) => (
							<th key={head}>{head}</th>
						))}
					</tr>
				</thead>
				<tbody className="tabular-nums">
					{rows.map((cells, at) => (
						<tr
							// biome-ignore lint/suspicious/noArrayIndexKey: a table of figures is drawn anew as a whole.
							key={at}
							className="border-b border-line last:border-0 *:py-1.5 *:pl-4 *:text-right *:first:pl-0 *:first:text-left"
						>
							{cells.map((cell, column) => (
								<td key={heads[column]}>{cell}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
			{note && <p className="mt-1.5 text-[12px]/4 text-ink-3">{note}</p>}
		</section>
	);
}
