import { useTranslations } from "next-intl";
import type { Citation } from "@/lib/trajectory/report";

/** Where a source stands in the list below the report. */
export const sourceId = (n: number): string => `source-${n}`;

/** A citation as a plain link to its place in the list: it leads there without a script. */
export function SourceAnchor({ citation: { n, title } }: { citation: Citation }) {
	const t = useTranslations("share");
	return (
		<a
			href={`#${sourceId(n)}`}
			aria-label={t("cite", { n, title })}
			className="mx-0.5 rounded-[4px] border border-line-2 bg-surface px-[5px] py-px align-[3px] text-[11px]/4 font-medium whitespace-nowrap tabular-nums text-ink-2 no-underline! hover:border-ink hover:text-ink max-desk:px-2 max-desk:py-0.5"
		>
			{n}
		</a>
	);
}
