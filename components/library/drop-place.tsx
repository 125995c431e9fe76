"use client";
import { useTranslations } from "next-intl";
import { MAX_CORPUS_BYTES, MAX_FILE_BYTES, TAKEN_ENDINGS } from "@/lib/trajectory/library-files";
import type { useDrop } from "./use-drop";

const MB = 1_000_000;

/** Says what can be dropped here, and covers the page while something is held above it. */
export function DropPlace({ state, into }: { state: ReturnType<typeof useDrop>; into: string }) {
	const t = useTranslations("library");
	const over = into ? t("dropInto", { name: into }) : t("dropHere");
	return (
		<>
			<p className="mt-6 text-[12px]/[18px] text-pretty text-ink-3">
				<span className="pointer-coarse:hidden">{t("dropHint", { endings: TAKEN_ENDINGS.join(" ") })} </span>
				{t("limits", { file: MAX_FILE_BYTES / MB, corpus: MAX_CORPUS_BYTES / MB })}
			</p>
			{state && (
				<div
					role="status"
					className="pointer-events-none fixed inset-2 top-14 z-40 grid place-items-center rounded-[10px] border-2 border-dashed border-accent bg-paper/90 text-[17px]/6 font-semibold"
				>
					{state === "over" ? over : t("reading")}
				</div>
			)}
		</>
	);
}
