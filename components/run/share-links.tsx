"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Problem } from "@/components/ui/problem";
import type { ShareFacts } from "@/lib/db/shares";
import { useNow } from "./use-now";
import { useRunWords } from "./use-run-words";

type Props = { links: readonly ShareFacts[] | undefined; problem: string | undefined; onRevoke(id: string): void };

/** Every link there is of the run: what it shows, until when, how often it was opened; and its end. */
export function ShareLinks({ links, problem, onRevoke }: Props) {
	const t = useTranslations("sharing");
	if (problem) return <Problem text={problem} />;
	if (!links) return <p className="text-[13px]/5 text-ink-3">{t("loadingLinks")}</p>;
	return (
		<section aria-label={t("links", { n: links.length })} className="border-t border-line pt-4">
			<h3 className="mb-1 text-[13px]/5 font-medium">{t("links", { n: links.length })}</h3>
			{links.length === 0 && <p className="text-[13px]/5 text-ink-3">{t("noLinks")}</p>}
			<ul>
				{links.map((link) => (
					<LinkRow key={link.id} link={link} onRevoke={() => onRevoke(link.id)} />
				))}
			</ul>
		</section>
	);
}

function LinkRow({ link, onRevoke }: { link: ShareFacts; onRevoke(): void }) {
	const t = useTranslations("sharing");
	const { format } = useRunWords();
	const now = useNow(false) ?? link.createdAt;
	const [isAsked, setAsked] = useState(false);
	const date = (at: number) => format.dateTime(at, { dateStyle: "medium", timeStyle: "short" });
	const isExpired = link.expiresAt !== undefined && link.expiresAt <= now;
	const endingOf = (at: number | undefined, isPast: boolean) =>
		at === undefined ? t("endsNever") : t(isPast ? "expiredAt" : "endsAt", { date: date(at) });
	const isOver = link.revokedAt !== undefined || isExpired;
	const ending =
		link.revokedAt !== undefined ? t("revokedAt", { date: date(link.revokedAt) }) : endingOf(link.expiresAt, isExpired);
	return (
		<li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2 text-[13px]/5">
			<span className={isOver ? "text-ink-3 line-through" : "font-medium"}>{t(`scopes.${link.scope}.name`)}</span>
			<span className="text-ink-3">{t("madeAt", { date: date(link.createdAt) })}</span>
			<span className={isOver ? "text-warn" : "text-ink-3"}>{ending}</span>
			<span className="text-ink-3 tabular-nums">
				{t("views", { n: link.views })}
				{link.viewedAt !== undefined && ` · ${t("lastViewed", { date: date(link.viewedAt) })}`}
			</span>
			<span className="flex-1" />
			{!isOver && (
				<Button
					size="sm"
					variant="ghost"
					onBlur={() => setAsked(false)}
					onClick={() => (isAsked ? onRevoke() : setAsked(true))}
				>
					{isAsked ? t("revokeNow") : t("revoke")}
				</Button>
			)}
		</li>
	);
}
