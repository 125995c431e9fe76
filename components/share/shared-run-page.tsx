"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback } from "react";
import type { TextPart } from "@/components/run/run-actions";
import type { Snapshot } from "@/lib/trajectory/snapshot";
import { SharedRun } from "./shared-run";
import { useSharedEvents } from "./use-shared-events";

/** A shared run on its page: the report comes with the page, the steps follow. `base` is the address of its parts. */
export function SharedRunPage({ snapshot, base, sources }: { snapshot: Snapshot; base: string; sources: ReactNode }) {
	const t = useTranslations("share");
	const gone = t("notHere");
	const readPart = useCallback(
		async (part: string, from = 0): Promise<TextPart> => {
			const answer = await fetch(`${base}/${part}?from=${from}`);
			if (!answer.ok) return { ok: false, error: gone };
			const next = answer.headers.get("x-next");
			const chars = Number(answer.headers.get("x-chars"));
			return { ok: true, text: await answer.text(), chars, ...(next !== null && { next: Number(next) }) };
		},
		[base, gone],
	);
	const { events, error } = useSharedEvents(readPart);
	const note = error === undefined ? t("openingSteps") : t("stepsLost", { error });
	return (
		<div className="h-[calc(100dvh-48px)]">
			<SharedRun
				snapshot={snapshot}
				events={events}
				readPart={readPart}
				sources={sources}
				note={
					events.length === 0 && (
						<>
							<p role="status" className="border-b border-line px-4 py-1.5 text-[12px]/5 text-ink-3 desk:px-6">
								{note}
							</p>
							<noscript>
								<p className="border-b border-line px-4 py-1.5 text-[12px]/5 text-ink-2 desk:px-6">
									{t("needsScript")}
								</p>
							</noscript>
						</>
					)
				}
			/>
		</div>
	);
}
