"use client";
import { useTranslations } from "next-intl";
import { useCallback, useState, useTransition } from "react";
import { useSentence } from "@/components/ui/use-sentence";

type Refused = { ok: false; error: string } | { ok: false; field: string; message: string };
/** Why something was not done; `field` names what to mend, where the server named it. */
type Setback = { field?: string; message: string };

const nothing = () => undefined;

/** One thing that a person asks of the server: whether it is under way, and why it was not done. */
export function useDeed() {
	const t = useTranslations("fork");
	const worded = useSentence();
	const [setback, setSetback] = useState<Setback>();
	const [isBusy, start] = useTransition();
	const act = useCallback(
		<T extends { ok: true }>(deed: () => Promise<T | Refused>, done: (result: T) => void = nothing) => {
			setSetback(undefined);
			start(async () => {
				const result = await deed().catch(() => ({ ok: false, error: t("unreachable") }) as const);
				if (result.ok) done(result);
				else if ("field" in result) setSetback({ field: result.field, message: worded(result.message) });
				else setSetback({ message: worded(result.error) });
			});
		},
		[t, worded],
	);
	const forget = useCallback(() => setSetback(undefined), []);
	return { act, isBusy, setback, forget };
}
