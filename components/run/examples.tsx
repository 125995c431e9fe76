import { useTranslations } from "next-intl";
import { PageLink } from "@/components/ui/page-link";

/** Questions that the documentation in the installed packages answers. */
const EXAMPLES = [
	{ id: "bodySize", collection: "Next.js docs" },
	{ id: "variables", collection: "Next.js docs" },
	{ id: "stopWhen", collection: "AI SDK docs" },
] as const;

/** Three questions that work on this very installation. */
export function Examples({ collections }: { collections: string[] }) {
	const t = useTranslations("ask");
	const shown = EXAMPLES.filter(({ collection }) => collections.includes(collection));
	if (shown.length === 0) return null;
	return (
		<section className="mt-10" aria-labelledby="examples">
			<h2 id="examples" className="mb-2.5 text-[14px]/5">
				{t("examples")}
			</h2>
			<ul className="grid grid-cols-3 border-t border-line-2 max-desk:grid-cols-1">
				{shown.map(({ id, collection }) => (
					<li key={id} className="border-b border-line not-first:border-l max-desk:not-first:border-l-0">
						<PageLink
							href={{ pathname: "/", query: { q: t(`questions.${id}`) } }}
							className="group block h-full py-3 pr-5 pl-5 in-[li:first-child]:pl-0 max-desk:px-0"
						>
							<span className="block leading-[21px] font-medium decoration-line-3 underline-offset-3 group-hover:underline">
								{t(`questions.${id}`)}
							</span>
							<span className="mt-1.5 block text-[12px]/4 text-ink-3">{t("inCollection", { name: collection })}</span>
						</PageLink>
					</li>
				))}
			</ul>
		</section>
	);
}
