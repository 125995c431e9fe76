"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Snapshot } from "@/lib/trajectory/snapshot";
import type { ReadBodies } from "./shared-find";
import type { ReadPart } from "./shared-reading";
import { SharedRun } from "./shared-run";
import { useSharedEvents } from "./use-shared-events";

type Props = { snapshot: Snapshot; readPart: ReadPart; readBodies: ReadBodies; sources?: ReactNode };

/** A shared run whose report is here at once and whose steps follow; says so until then, or why they do not come. */
export function SharedSteps({ snapshot, readPart, readBodies, sources }: Props) {
	const t = useTranslations("share");
	const { events, error } = useSharedEvents(readPart);
	const note = error === undefined ? t("openingSteps") : t("stepsLost", { error });
	return (
		<div className="h-[calc(100dvh-48px)]">
			<SharedRun
				snapshot={snapshot}
				events={events}
				readPart={readPart}
				readBodies={readBodies}
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
