"use client";
import { useTranslations } from "next-intl";
import type { Retention } from "@/lib/trajectory/settings";

type Words = (name: "all" | "last" | "batched", values: { k: number; most: number }) => string;

const wordsFor =
	(t: Words) =>
	(retention: Retention): string => {
		if (retention.policy === "keep-all") return t("all", { k: 0, most: 0 });
		const { k } = retention;
		if (retention.policy === "keep-last") return t("last", { k, most: k });
		return t("batched", { k, most: k + retention.batch - 1 });
	};

/** A retention policy by its name, as one chooses it. */
export const usePolicyName = () => wordsFor(useTranslations("context.policies"));

/** What a model sees of earlier results under a policy. */
export const useSeenResults = () => wordsFor(useTranslations("run.keeps"));
