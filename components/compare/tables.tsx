"use client";
import { useTranslations } from "next-intl";
import { useRunWords } from "@/components/run/use-run-words";
import type { Both } from "@/lib/trajectory/align";
import type { Costs } from "@/lib/trajectory/compare";
import type { SettingRow } from "@/lib/trajectory/setting-rows";

const COSTS = [
	"calls",
	"turns",
	"rollbacks",
	"wasted",
	"ms",
	"inputTokens",
	"cachedTokens",
	"outputTokens",
	"sources",
	"opened",
	"cited",
] as const;
const HEAD = "py-1.5 text-right text-[12px]/4 font-normal text-ink-3";

/** What each run cost and what came of it. Rows that are nothing in both are left out. */
export function CostTable({ costs }: { costs: Both<Costs> }) {
	const t = useTranslations("compare");
	const { count, duration } = useRunWords();
	const shown = COSTS.filter((name) => costs.a[name] > 0 || costs.b[name] > 0);
	const value = (name: keyof Costs, n: number) => (name === "ms" ? duration(n) : count(n));
	const signed = (name: keyof Costs, n: number) => {
		if (n === 0) return "0";
		return `${n > 0 ? "+" : "−"}${value(name, Math.abs(n))}`;
	};
	return (
		<table className="w-full border-collapse text-[13px]/5">
			<thead>
				<tr className="border-b border-line-2">
					<td />
					<th scope="col" className={HEAD}>
						{t("sides.a")}
					</th>
					<th scope="col" className={HEAD}>
						{t("sides.b")}
					</th>
					<th scope="col" className={HEAD}>
						{t("difference")}
					</th>
				</tr>
			</thead>
			<tbody>
				{shown.map((name) => (
					<tr key={name} className="border-b border-line [&>td]:py-1.5 [&>td]:text-right [&>td]:tabular-nums">
						<th scope="row" className="py-1.5 text-left font-normal text-ink-2">
							{t(`costNames.${name}`)}
						</th>
						<td>{value(name, costs.a[name])}</td>
						<td>{value(name, costs.b[name])}</td>
						<td className="text-ink-3">{signed(name, costs.b[name] - costs.a[name])}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

/** Settings that differ, in sight; those that do not, folded. */
export function SettingTable({ settings }: { settings: readonly SettingRow[] }) {
	const t = useTranslations("compare");
	const differing = settings.filter(({ a, b }) => a !== b);
	const same = settings.filter(({ a, b }) => a === b);
	return (
		<>
			{differing.length > 0 ? (
				<dl className="border-t border-line-2 text-[13px]/5">
					{differing.map((row) => (
						<Setting key={row.name} row={row} sides={["a", "b"]} />
					))}
				</dl>
			) : (
				<p className="border-t border-line-2 py-2 text-[13px]/5 text-ink-2">{t("noSettingDiffers")}</p>
			)}
			<details className="mt-2 text-[13px]/5">
				<summary className="cursor-pointer py-1 text-ink-3 hover:text-ink">
					{t("sameSettings", { n: same.length })}
				</summary>
				<dl className="mt-1 border-t border-line">
					{same.map((row) => (
						<Setting key={row.name} row={row} sides={["a"]} />
					))}
				</dl>
			</details>
		</>
	);
}

function Setting({ row, sides }: { row: SettingRow; sides: readonly ("a" | "b")[] }) {
	const t = useTranslations("compare");
	const value = (text: string) => (row.name === "prompts" ? t("promptsVersion", { n: text }) : text || t("unset"));
	return (
		<div className="grid grid-cols-[132px_minmax(0,1fr)] gap-x-4 border-b border-line py-1.5">
			<dt className="text-ink-2">{t(`settingNames.${row.name}`)}</dt>
			<dd className="min-w-0">
				{sides.map((side) => (
					<span key={side} className="flex gap-2">
						{sides.length > 1 && <span className="w-3 flex-none text-ink-3">{t(`sides.${side}`)}</span>}
						<span className="min-w-0 font-mono text-[12px]/5 wrap-anywhere">{value(row[side])}</span>
					</span>
				))}
			</dd>
		</div>
	);
}
