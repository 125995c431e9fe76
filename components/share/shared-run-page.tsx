"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback } from "react";
import type { TextPart } from "@/components/run/run-actions";
import type { Snapshot } from "@/lib/trajectory/snapshot";
import { SharedSteps } from "./shared-steps";

/** A shared run on its page. `base` is the address of its parts. */
export function SharedRunPage({ snapshot, base, sources }: { snapshot: Snapshot; base: string; sources: ReactNode }) {
	const gone = useTranslations("share")("notHere");
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
	return <SharedSteps snapshot={snapshot} readPart={readPart} sources={sources} />;
}
