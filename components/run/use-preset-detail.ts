"use client";
import { useTranslations } from "next-intl";
import type { PresetChoice } from "./ask-set-up";

/** What a preset brings, in the reader's words: what its model sees of earlier results, or that there is no model. */
export function usePresetDetail(): (preset: PresetChoice) => string {
	const t = useTranslations("ask.presets");
	return ({ keeps }) => {
		if (!keeps) return t("builtIn");
		return keeps.policy === "keep-all" ? t("all") : t("last", { k: keeps.k });
	};
}
