import { useTranslations } from "next-intl";
import type { RunSettings } from "@/lib/trajectory/settings";

/** The sites a run is bound to and keeps away from, on one line; empty when the whole web is open to it. */
export function useSitesLine(): (sites: RunSettings["sites"]) => string {
	const t = useTranslations("sites");
	return (sites) => {
		const { only, never } = sites ?? { only: [], never: [] };
		const parts = [
			...(only.length > 0 ? [t("only", { sites: only.join(", ") })] : []),
			...(never.length > 0 ? [t("never", { sites: never.join(", ") })] : []),
		];
		return parts.join(t("and"));
	};
}
