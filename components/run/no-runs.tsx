import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { InkLink } from "@/components/ui/ink-link";
import { runWord } from "./outcome";
import type { RunsFilter } from "./runs-page";

/** A list without rows: because nothing was asked yet, or because nothing matches. */
export function NoRuns({ filter: { search, state }, total }: { filter: RunsFilter; total: number }) {
	const t = useTranslations("runs");
	if (total === 0) {
		return (
			<div className="border-y border-line py-12">
				<EmptyState title={t("empty")} action={<ButtonLink href="/">{t("askOne")}</ButtonLink>}>
					{t("emptyDetail")}
				</EmptyState>
			</div>
		);
	}
	const word = runWord(state);
	const title = search.trim()
		? t("noMatch", { search: search.trim() })
		: t("noneSo", { state: word ? t(`words.${word}`) : state });
	return (
		<div className="border-y border-line py-12">
			<EmptyState title={title} action={<InkLink href="/runs">{t("clear")}</InkLink>}>
				{t("noMatchDetail", { total })} {search.trim() && word && t("alsoState", { state: t(`words.${word}`) })}
			</EmptyState>
		</div>
	);
}
