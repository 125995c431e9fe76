"use client";
import { Check, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { ContextView } from "@/lib/trajectory/context-view";
import { Facts, Section } from "./inspector-section";
import { usePolicyName } from "./use-policy-name";
import { useRunWords } from "./use-run-words";

/** Is it what was sent, what changed, what the cache can reuse, what other policies would have kept. */
export function ContextFacts({ context }: { context: ContextView }) {
	const t = useTranslations("context");
	return (
		<aside
			aria-label={t("facts")}
			className="min-w-0 border-line bg-surface desk:overflow-y-auto desk:border-l max-desk:border-t"
		>
			{!context.isSupposed && <Proof context={context} />}
			{context.since && <Since since={context.since} />}
			{context.reuse && <Reuse reuse={context.reuse} total={context.tokens.total} />}
			<Policies context={context} />
			<Outside context={context} />
		</aside>
	);
}

const short = (hash: string) => `${hash.slice(0, 8)} ${hash.slice(8, 16)} … ${hash.slice(-4)}`;

function Proof({ context: { hash } }: { context: ContextView }) {
	const t = useTranslations("context");
	const isSame = hash.sent === hash.rebuilt;
	const icon = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;
	return (
		<Section name={t("isSent")}>
			<p className="flex gap-2 text-[13px]/5">
				<span className={cn("mt-0.5 flex-none", isSame ? "text-ok" : "text-error")}>
					{isSame ? <Check {...icon} /> : <TriangleAlert {...icon} />}
				</span>
				<span>{t(isSame ? "isSame" : "isOther")}</span>
			</p>
			<dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 rounded-md border border-line bg-sunk px-3 py-2 font-mono text-[12px]/[18px] text-ink-2">
				{(["rebuilt", "sent"] as const).map((name) => (
					<div key={name} className="contents">
						<dt>{t(name)}</dt>
						<dd className="truncate" title={hash[name]}>
							{short(hash[name] ?? "")}
						</dd>
					</div>
				))}
			</dl>
		</Section>
	);
}

function Since({ since }: { since: NonNullable<ContextView["since"]> }) {
	const t = useTranslations("context");
	const { count, format } = useRunWords();
	const net = since.addedTokens - since.maskedTokens - since.removedTokens;
	const facts: [string, string][] = [[t("added"), t("addedOf", { n: since.added, tokens: count(since.addedTokens) })]];
	if (since.masked > 0)
		facts.push([t("masked"), t("maskedOf", { n: since.masked, tokens: count(since.maskedTokens) })]);
	if (since.removed > 0)
		facts.push([t("removed"), t("addedOf", { n: since.removed, tokens: count(since.removedTokens) })]);
	facts.push([t("net"), t("tokens", { n: format.number(net, { signDisplay: "exceptZero" }) })]);
	return (
		<Section name={t(since.call === undefined ? "sinceTurn" : "sinceCall", { n: since.call ?? since.turn })}>
			<Facts facts={facts} />
		</Section>
	);
}

function Reuse({ reuse, total }: { reuse: NonNullable<ContextView["reuse"]>; total: number }) {
	const t = useTranslations("context");
	const { percent, count } = useRunWords();
	const share = Math.min(1, reuse.tokens / Math.max(1, total));
	return (
		<Section name={t("reuse")} aside={<span className="tabular-nums text-ink">{percent(share)}</span>}>
			<div
				aria-hidden="true"
				className="h-2 overflow-hidden rounded-[2px] bg-[repeating-linear-gradient(135deg,var(--line-3)_0_1px,transparent_1px_4px)]"
			>
				<i className="block h-full bg-ink" style={{ width: `${100 * share}%` }} />
			</div>
			<p className="mt-2 text-[13px]/5">
				{t("reuseDetail", { upTo: reuse.upTo, again: count(Math.max(0, total - reuse.tokens)) })}
			</p>
			{reuse.reported !== undefined && (
				<p className="mt-1 text-[13px]/5 text-ink-2">
					{t("reported", { tokens: count(reuse.reported), share: percent(reuse.reported / Math.max(1, total)) })}
				</p>
			)}
		</Section>
	);
}

function Policies({ context: { policies, tokens } }: { context: ContextView }) {
	const t = useTranslations("context");
	const policyName = usePolicyName();
	const { compact, count } = useRunWords();
	return (
		<Section name={t("ifKept")}>
			<table className="w-full text-[13px]/5">
				<thead className="text-[12px]/4 text-ink-3">
					<tr className="border-b border-line-2 *:pb-1.5 *:font-normal">
						<th className="text-left">{t("policyName")}</th>
						<th className="text-right">{t("results")}</th>
						<th className="text-right">{t("tokensName")}</th>
						<th className="text-right">{t("fits", { window: compact(tokens.window) })}</th>
					</tr>
				</thead>
				<tbody>
					{policies.map(({ retention, results, tokens: size, fullAt }, at) => (
						<tr key={policyName(retention)} className="border-b border-line tabular-nums last:border-0 *:py-1.5">
							<th scope="row" className={cn("text-left font-normal", at === 0 && "font-semibold")}>
								{policyName(retention)}
							</th>
							<td className="text-right">{count(results)}</td>
							<td className="text-right">{compact(size)}</td>
							<td className={cn("text-right", fullAt !== undefined && "text-error")}>
								{fullAt === undefined ? t("yes") : t("untilCall", { n: fullAt })}
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</Section>
	);
}

function Outside({ context: { outside, tokens } }: { context: ContextView }) {
	const t = useTranslations("context");
	const { compact, count } = useRunWords();
	const facts: [string, string][] = [];
	if (tokens.maskedResults > 0)
		facts.push([t("masked"), t("maskedAway", { n: tokens.maskedResults, tokens: compact(outside.maskedTokens) })]);
	if (outside.rolledBack > 0)
		facts.push([
			t("rolledBack"),
			t("rolledBackAway", { n: outside.rolledBack, tokens: compact(outside.rolledBackTokens) }),
		]);
	if (outside.later > 0) facts.push([t("later"), t("laterOf", { n: count(outside.later) })]);
	return (
		<Section name={t("outside")}>
			{facts.length > 0 ? <Facts facts={facts} /> : <p className="text-[13px]/5 text-ink-2">{t("nothingOutside")}</p>}
		</Section>
	);
}
