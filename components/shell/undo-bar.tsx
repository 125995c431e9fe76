"use client";
import { Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useDeed } from "@/components/run/use-deed";
import { useNow } from "@/components/run/use-now";
import { Button } from "@/components/ui/button";
import { forgetUndo, readUndos, subscribeUndo, type Undo, type UndoKind } from "./undo-store";

const SAID_MS = 4000;
const NOTHING: readonly Undo[] = [];
const nothing = () => NOTHING;

export type Restore = (ids: string[]) => Promise<{ ok: true; restored: number } | { ok: false; error: string }>;

type Props = { restore: Partial<Record<UndoKind, Restore>>; onRestored(): void };

/** Takes a removal of the kinds it knows back for 10 s, with the seconds that are left. */
export function UndoBar({ restore, onRestored }: Props) {
	const t = useTranslations("undo");
	const undo = useSyncExternalStore(subscribeUndo, readUndos, nothing).findLast(({ kind }) => restore[kind]);
	const { act, isBusy, setback } = useDeed();
	const [said, setSaid] = useState("");
	const now = useNow(undo !== undefined);
	useEffect(() => {
		if (said === "") return;
		const timer = setTimeout(() => setSaid(""), SAID_MS);
		return () => clearTimeout(timer);
	}, [said]);
	if (!undo && said === "" && !setback) return;
	const left = undo && now !== undefined ? Math.max(0, Math.ceil((undo.until - now) / 1000)) : 10;
	const bring = undo && restore[undo.kind];
	const back = () =>
		undo &&
		bring &&
		act(
			() => bring(undo.ids),
			({ restored }) => {
				forgetUndo(undo.kind);
				setSaid(restored > 0 ? t(`restored.${undo.kind}`, { n: restored }) : t("tooLate"));
				onRestored();
			},
		);
	return (
		<div className="fixed bottom-5 left-1/2 z-40 flex w-max max-w-[calc(100vw-32px)] -translate-x-1/2 items-center gap-3 rounded-[10px] border border-line-2 bg-surface py-2 pr-2 pl-4 text-[13px]/5 shadow-float">
			<p role="status" className="py-[3px]">
				{setback?.message ?? (undo ? t(`deleted.${undo.kind}`, { n: undo.ids.length }) : said)}
			</p>
			{undo && (
				<>
					<span className="text-ink-3 tabular-nums" aria-hidden="true">
						{t("detail", { s: left })}
					</span>
					<Button size="sm" disabled={isBusy} onClick={back}>
						<Undo2 size={13} strokeWidth={1.75} aria-hidden="true" />
						{t("undo")}
					</Button>
				</>
			)}
		</div>
	);
}
