import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/ui/empty-state";

/** The same for a link that never was, is over or was taken back. */
export default async function SharedNotFound() {
	const [t, shell] = await Promise.all([getTranslations("share"), getTranslations("shell")]);
	return (
		<div className="mx-auto max-w-[560px] px-6 py-24 max-desk:px-4 max-desk:py-14">
			<EmptyState heading="h1" title={shell("notFound")}>
				{t("notFoundDetail")}
			</EmptyState>
		</div>
	);
}
