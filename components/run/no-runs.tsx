import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { InkLink } from "@/components/ui/ink-link";
import { runWord } from "./outcome";
import type { RunsFilter } from "./runs-page";

/** A list without rows: because nothing was asked yet, or because nothing matches. */
export function NoRuns({ filter, total }: { filter: RunsFilter; total: number }) {
	const t = useTranslations("runs");
	const isFiltered = filter.archived || filter.search || filter.state || filter.tag || filter.marks;
	if (total === 0 && !isFiltered) {
		return (
			<div className="border-y border-line py-12">
				<EmptyState title={t("empty")} action={<ButtonLink href="/">{t("askOne")}</ButtonLink>}>
					{t("emptyDetail")}
				</EmptyState>
			</div>
		);
	}
	return (
		<div className="border-y border-line py-12">
			<NoneSuch filter={filter} total={total} />
		</div>
	);
}

/** Names the narrowest of the filters, and says what was looked at. */
function NoneSuch({ filter, total }: { filter: RunsFilter; total: number }) {
	const t = useTranslations("runs");
	const edit = useTranslations("runsEdit");
	const { state, tag, marks, archived } = filter;
	const search = filter.search.trim();
	const word = runWord(state);
	const clear = <InkLink href="/runs">{t("clear")}</InkLink>;
	if (search) {
		return (
			<EmptyState title={t("noMatch", { search })} action={clear}>
				{t("noMatchDetail", { total })} {word && t("alsoState", { state: t(`words.${word}`) })}
			</EmptyState>
		);
	}
	if (tag) return <EmptyState title={edit("noneTagged", { tag })} action={clear} />;
	if (marks) {
		return (
			<EmptyState title={edit(`noneMarked.${marks}`)} action={clear}>
				{edit("noneMarkedDetail")}
			</EmptyState>
		);
	}
	if (archived && !state) {
		return (
			<EmptyState title={edit("emptyArchive")} action={clear}>
				{edit("emptyArchiveDetail")}
			</EmptyState>
		);
	}
	return <EmptyState title={t("noneSo", { state: word ? t(`words.${word}`) : state })} action={clear} />;
}
