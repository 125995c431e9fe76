"use client";
import { useTranslations } from "next-intl";
import type { CallRow } from "@/lib/trajectory/row";
import { useForkDesk } from "./fork-desk";
import { forkableCall } from "./row-facts";
import { TextLink } from "./show-more";

/** The way into the fork dialog from the part that is looked at. */
export function EditAndFork({ row, part }: { row: CallRow; part: "arguments" | "result" }) {
	const t = useTranslations("fork");
	const { openFork } = useForkDesk();
	const n = forkableCall(row);
	if (n === undefined) return;
	return <TextLink onClick={() => openFork(n, part)}>{t("editAndFork")}</TextLink>;
}
