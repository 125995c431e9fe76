"use client";
import { Archive, ArchiveRestore, Ellipsis, GitFork, Pencil, Tag, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Menu } from "@/components/ui/menu";
import { PageLink } from "@/components/ui/page-link";
import type { RunSummary } from "@/lib/trajectory/packet";
import { LineStrip } from "./line-strip";
import { Outcome } from "./outcome";
import { RemarkMarks } from "./remark-marks";
import { RunAge } from "./run-age";
import type { RunsDeeds } from "./runs-actions";
import type { SelectionMove } from "./selection";
import { useNow } from "./use-now";
import { useRunWords } from "./use-run-words";

export const STRIP_WIDTH = 256;

type Props = {
	run: RunSummary;
	scale: number;
	isChosen: boolean;
	isAtCursor: boolean;
	onMove(move: SelectionMove): void;
	deeds: RunsDeeds;
};

const ROW =
	"relative border-b border-line hover:bg-hover/60 [&>td]:px-3 [&>td]:py-2.5 max-desk:grid max-desk:grid-cols-[36px_minmax(0,1fr)_auto] max-desk:gap-y-1 max-desk:py-3 max-desk:[&>td]:p-0!";

/** One run of the list: a press anywhere but on its box and its menu opens it. */
export function RunRow({ run, scale, isChosen, isAtCursor, onMove, deeds }: Props) {
	const t = useTranslations("runsEdit");
	const { count, recorded } = useRunWords();
	const note = run.state === "ended" && run.outcome === "answered" ? "" : recorded(run.detail);
	return (
		<tr
			id={`run-${run.id}`}
			className={cn(
				ROW,
				"scroll-mt-28 scroll-mb-4",
				isChosen && "bg-accent-tint hover:bg-accent-tint",
				isAtCursor && "shadow-[inset_2px_0_0_var(--accent)]",
			)}
		>
			<td className="pl-2! align-middle max-desk:col-start-1 max-desk:row-start-1 max-desk:pt-0.5! max-desk:pl-2!">
				<span className="relative z-1 flex">
					<Checkbox
						label={t("select", { title: run.title })}
						checked={isChosen}
						onChange={(_, event) =>
							onMove({ kind: "toggle", id: run.id, isRange: "shiftKey" in event && event.shiftKey === true })
						}
					/>
				</span>
			</td>
			<td className="min-w-0 pl-0! max-desk:col-start-2 max-desk:row-start-1">
				<PageLink
					href={`/runs/${run.id}`}
					dir="auto"
					className="block truncate text-[14px] font-medium after:absolute after:inset-0 max-desk:line-clamp-3 max-desk:wrap-anywhere max-desk:whitespace-normal"
				>
					{run.title}
				</PageLink>
				<span className="flex min-w-0 items-center gap-x-2 text-[12px]/4 text-ink-3 max-desk:mt-0.5 max-desk:flex-wrap">
					<span className="min-w-0 truncate">
						{run.preset} · <RunAge at={run.createdAt} />
						{note && ` · ${note}`}
					</span>
					<Marks run={run} />
				</span>
			</td>
			<td className="max-desk:col-span-2 max-desk:col-start-2 max-desk:row-start-2">
				<LineStrip run={run} width={STRIP_WIDTH} scale={scale} />
			</td>
			<td className="max-desk:col-start-2 max-desk:row-start-3">
				<Outcome run={run} />
			</td>
			<td className="text-right whitespace-nowrap tabular-nums max-desk:col-start-3 max-desk:row-start-3">
				{count(run.calls)} <span className="text-ink-3">/ {count(run.budget)}</span>
			</td>
			<td className="text-right tabular-nums max-desk:hidden">{count(run.sources)}</td>
			<td className="text-right whitespace-nowrap tabular-nums max-desk:hidden">
				<Took run={run} />
			</td>
			<td className="p-0! text-right max-desk:col-start-3 max-desk:row-start-1">
				<RowMenu run={run} deeds={deeds} />
			</td>
		</tr>
	);
}

/** Tags, judgement, notes, and whether it is a fork. */
function Marks({ run }: { run: RunSummary }) {
	const t = useTranslations("runsEdit");
	return (
		<>
			{run.parent && (
				<span title={t("fork")} className="flex-none">
					<GitFork size={13} strokeWidth={1.5} aria-hidden="true" />
					<span className="sr-only">{t("fork")}</span>
				</span>
			)}
			<span className="flex-none empty:hidden">
				<RemarkMarks label={run.label} notes={run.notes} />
			</span>
			{run.tags.slice(0, 3).map((tag) => (
				<span key={tag} className="flex-none rounded-[4px] border border-line-2 px-1.5 text-[11px]/4">
					{tag}
				</span>
			))}
			{run.tags.length > 3 && <span className="flex-none">+{run.tags.length - 3}</span>}
		</>
	);
}

const ICON = { size: 15, strokeWidth: 1.5 } as const;

function RowMenu({ run, deeds }: { run: RunSummary; deeds: RunsDeeds }) {
	const t = useTranslations("runsEdit");
	const words = useTranslations("fork");
	return (
		<span className="relative z-1">
			<Menu
				trigger={
					<Button variant="ghost" size="icon-sm" aria-label={t("actions", { title: run.title })}>
						<Ellipsis size={16} strokeWidth={1.5} aria-hidden="true" />
					</Button>
				}
				groups={[
					[
						{ key: "rename", label: t("rename"), icon: <Pencil {...ICON} />, onSelect: () => deeds.rename(run) },
						{ key: "tag", label: t("tag"), icon: <Tag {...ICON} />, onSelect: () => deeds.tag([run]) },
						{
							key: "archive",
							label: run.archived ? t("unarchive") : t("archive"),
							icon: run.archived ? <ArchiveRestore {...ICON} /> : <Archive {...ICON} />,
							onSelect: () => deeds.archive([run], !run.archived),
						},
					],
					[
						{
							key: "delete",
							label: run.state === "ended" ? t("delete") : words("stopAndDelete"),
							icon: <Trash2 {...ICON} />,
							danger: true,
							onSelect: () => deeds.remove([run]),
						},
					],
				]}
			/>
		</span>
	);
}

/** How long a run took; a running clock while it goes on. */
function Took({ run: { createdAt, endedAt, state } }: { run: RunSummary }) {
	const { duration, clock } = useRunWords();
	const now = useNow(state !== "ended");
	if (endedAt !== undefined) return duration(endedAt - createdAt);
	return now !== undefined && clock(now - createdAt);
}
