"use client";
import { Archive, ArchiveRestore, Pencil, Scale, Tag, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { compareHref } from "@/components/compare/compare-href";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Problem } from "@/components/ui/problem";
import type { RunSummary } from "@/lib/trajectory/packet";
import type { RunsDeeds } from "./runs-actions";
import type { SelectionMove } from "./selection";

type Props = {
	chosen: readonly RunSummary[];
	deeds: RunsDeeds;
	isBusy: boolean;
	problem: string | undefined;
	onMove(move: SelectionMove): void;
};

const ICON = { size: 13, strokeWidth: 1.75, "aria-hidden": true } as const;

/** What can be done with the selected runs. Stays at the top of the window while one scrolls. */
export function SelectionBar({ chosen, deeds, isBusy, problem, onMove }: Props) {
	const t = useTranslations("runsEdit");
	const [only, other] = chosen;
	if (!only) return <Problem text={problem} />;
	const going = chosen.filter(({ state }) => state !== "ended").length;
	const isArchived = chosen.every(({ archived }) => archived);
	return (
		<div
			role="toolbar"
			aria-label={t("selected", { n: chosen.length })}
			className="sticky top-[52px] z-10 mb-1.5 flex flex-wrap items-center gap-1.5 rounded-md border border-line bg-sunk px-2.5 py-1.5"
		>
			<span role="status" className="mr-1.5 text-[13px] font-medium">
				{t("selected", { n: chosen.length })}
			</span>
			{other && chosen.length === 2 && (
				<ButtonLink href={compareHref(only.id, other.id)} variant="ink" size="sm">
					<Scale {...ICON} />
					{t("compare")}
				</ButtonLink>
			)}
			{chosen.length === 1 && (
				<Button size="sm" disabled={isBusy} onClick={() => deeds.rename(only)}>
					<Pencil {...ICON} />
					{t("rename")}
				</Button>
			)}
			<Button size="sm" disabled={isBusy} onClick={() => deeds.tag(chosen)}>
				<Tag {...ICON} />
				{t("tag")}
			</Button>
			<Button size="sm" disabled={isBusy} onClick={() => deeds.archive(chosen, !isArchived)}>
				{isArchived ? <ArchiveRestore {...ICON} /> : <Archive {...ICON} />}
				{isArchived ? t("unarchive") : t("archive")}
			</Button>
			<Button size="sm" variant="danger" disabled={isBusy} onClick={() => deeds.remove(chosen)}>
				<Trash2 {...ICON} />
				{t("delete")}
			</Button>
			{going > 0 && <span className="text-[12px]/4 text-ink-3">{t("deleteStops", { n: going })}</span>}
			<span className="flex-1" />
			<Button size="sm" variant="ghost" onClick={() => onMove({ kind: "clear" })}>
				{t("clear")}
			</Button>
			<Problem text={problem} />
		</div>
	);
}
