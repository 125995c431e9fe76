"use client";
import { MoveHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, useState } from "react";
import { useCommand } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { OnceOpen } from "@/components/ui/once-open";
import type { RangeEnds } from "./range-dialog";
import { useLook } from "./use-look";
import { useNewest } from "./use-run";

const RangeDialog = lazy(async () => ({ default: (await import("./small-forms")).smallForms.RangeDialog }));

/** Selects calls by their numbers, where the line is too small to drag along, and for those who do not drag. */
export function RangePicker() {
	const t = useTranslations("run.range");
	const { view } = useNewest();
	const { filter } = useLook();
	const [ends, setEnds] = useState<RangeEnds>();
	const open = () => {
		const { from = 1, to = view.calls } = filter.range ?? {};
		setEnds({ from: String(from), to: String(to) });
	};
	useCommand({ id: "select-calls", label: t("select"), group: "step", run: open });
	return (
		<>
			<Button variant="ghost" size="sm" className="desk:hidden" disabled={view.calls === 0} onClick={open}>
				<MoveHorizontal size={14} strokeWidth={1.75} aria-hidden="true" />
				{t("select")}
			</Button>
			<OnceOpen open={ends !== undefined}>
				<RangeDialog ends={ends} onEnds={setEnds} />
			</OnceOpen>
		</>
	);
}
