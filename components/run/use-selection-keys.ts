"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { compareHref } from "@/components/compare/compare-href";
import { useCommand } from "@/components/shell/use-commands";
import type { SelectionMove } from "./selection";

type Chosen = readonly { id: string }[];
type Keyed = { move(made: SelectionMove): void; cursor: string | undefined; chosen: Chosen };

/** `x` selects at the cursor, `j` and `k` move it, with Shift they select on; Enter opens, `d` compares two, Esc clears. */
export function useSelectionKeys({ move, cursor, chosen }: Keyed): void {
	const t = useTranslations("commands");
	const router = useRouter();
	const page = { group: "page", keyOnly: true } as const;
	const step = (by: 1 | -1, isExtending = false) => move({ kind: "step", by, isExtending });
	useCommand({ ...page, id: "next-run", label: t("nextRun"), keys: ["j"], run: () => step(1) });
	useCommand({ ...page, id: "previous-run", label: t("previousRun"), keys: ["k"], run: () => step(-1) });
	useCommand({ ...page, id: "select-down", label: t("selectOn"), keys: ["J"], run: () => step(1, true) });
	useCommand({ ...page, id: "select-up", label: t("selectOn"), keys: ["K"], run: () => step(-1, true) });
	useCommand({ ...page, id: "select-run", label: t("selectRun"), keys: ["x"], run: () => move({ kind: "press" }) });
	useCommand(
		cursor === undefined
			? undefined
			: { ...page, id: "open-run", label: t("openRun"), keys: ["Enter"], run: () => router.push(`/runs/${cursor}`) },
	);
	useCommand(
		chosen.length === 2
			? {
					id: "compare-two",
					group: "page",
					label: t("compareTwo"),
					keys: ["d"],
					run: () => router.push(compareHref(chosen[0]?.id ?? "", chosen[1]?.id ?? "")),
				}
			: undefined,
	);
	useCommand(
		chosen.length > 0
			? {
					...page,
					id: "clear-selection",
					label: t("clearSelection"),
					keys: ["Escape"],
					run: () => move({ kind: "clear" }),
				}
			: undefined,
	);
	useEffect(() => {
		if (cursor !== undefined) document.getElementById(`run-${cursor}`)?.scrollIntoView({ block: "nearest" });
	}, [cursor]);
}
