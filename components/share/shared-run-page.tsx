"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback } from "react";
import type { TextPart } from "@/components/run/run-actions";
import type { Snapshot } from "@/lib/trajectory/snapshot";
import { SharedSteps } from "./shared-steps";

/** A shared run on its page. `base` is its address. */
export function SharedRunPage({ snapshot, base, sources }: { snapshot: Snapshot; base: string; sources: ReactNode }) {
	const gone = useTranslations("share")("notHere");
	const readPart = useCallback(
		async (part: string, from = 0): Promise<TextPart> => {
			const answer = await fetch(`${base}/part/${part}?from=${from}`);
			if (!answer.ok) return { ok: false, error: gone };
			const next = answer.headers.get("x-next");
			const chars = Number(answer.headers.get("x-chars"));
			return { ok: true, text: await answer.text(), chars, ...(next !== null && { next: Number(next) }) };
		},
		[base, gone],
	);
	const readBodies = useCallback(async () => {
		const answer = await fetch(`${base}/bodies`);
		if (!answer.ok) throw new Error(gone);
		const lines = (await answer.text()).split("\n").slice(0, -1);
		return new Map(lines.map((line) => JSON.parse(line) as [number, string]));
	}, [base, gone]);
	return <SharedSteps snapshot={snapshot} readPart={readPart} readBodies={readBodies} sources={sources} />;
}
