import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";
import { InkLink } from "@/components/ui/ink-link";
import { Workbench } from "./workbench";

/** Stands outside the workbench's layout, as an address that leads nowhere does; so it brings its own. */
export default async function NotFound() {
	const t = await getTranslations("shell");
	const ways = (
		<>
			<InkLink href="/runs">{t("toRuns")}</InkLink>
			<InkLink href="/">{t("toAsk")}</InkLink>
		</>
	);
	return (
		<Workbench>
			<div className="mx-auto max-w-[560px] px-6 py-24 max-desk:px-4 max-desk:py-14">
				<EmptyState heading="h1" title={t("notFound")} action={ways}>
					{t("notFoundDetail")}
				</EmptyState>
			</div>
		</Workbench>
	);
}
