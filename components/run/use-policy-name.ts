"use client";
import { useTranslations } from "next-intl";
import type { Retention } from "@/lib/trajectory/settings";

/** A retention policy in the reader's words. */
export function usePolicyName(): (retention: Retention) => string {
	const t = useTranslations("context.policies");
	return (retention) => {
		if (retention.policy === "keep-all") return t("all");
		if (retention.policy === "keep-last") return t("last", { k: retention.k });
		return t("batched", { k: retention.k, most: retention.k + retention.batch - 1 });
	};
}
