"use client";
import { useFormatter, useTranslations } from "next-intl";
import { useSentence } from "@/components/ui/use-sentence";
import type { FaultClass, ForkChange } from "@/lib/trajectory/event";
import type { Activity } from "./activity";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Numbers and facts of a run in the reader's words. */
export function useRunWords() {
	const t = useTranslations("run");
	const format = useFormatter();
	/** A sentence of the record, in the reader's language. */
	const recorded = useSentence();

	/** Short: `8 ms`, `0.9 s`, `41 s`, `2 min 5 s`, `1 h 52 min`. */
	function duration(ms: number): string {
		if (ms < 100) return t("milliseconds", { ms: Math.round(ms) });
		if (ms < 9950)
			return t("seconds", { s: format.number(ms / SECOND, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) });
		if (ms < MINUTE) return t("seconds", { s: Math.round(ms / SECOND) });
		const minutes = Math.floor(ms / MINUTE);
		if (ms < HOUR) return t("minutes", { m: minutes, s: Math.floor((ms % MINUTE) / SECOND) });
		return t("hours", { h: Math.floor(ms / HOUR), m: minutes % 60 });
	}

	/** A running clock: `0:41`, `38:41`, `1:52:07`. */
	function clock(ms: number): string {
		const two = (n: number) => String(n).padStart(2, "0");
		const seconds = Math.max(0, Math.floor(ms / SECOND));
		const minutes = Math.floor(seconds / 60);
		const tail = `${two(seconds % 60)}`;
		return minutes < 60 ? `${minutes}:${tail}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${tail}`;
	}

	const count = (n: number) => format.number(n);
	const compact = (n: number) => format.number(n, { notation: "compact", maximumFractionDigits: 1 });
	const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 0 });
	/** `a, b, c` */
	const listed = (words: readonly string[]) => format.list(words, { type: "conjunction", style: "narrow" });
	/** What a fork does differently; empty when it changes nothing. */
	const forkChanges = (changes: readonly ForkChange[]) => listed(changes.map((change) => t(`forkChanges.${change}`)));
	const fault = (known: FaultClass, message: string) =>
		known === "unexpected" ? recorded(message) : t(`faults.${known}`);

	function activity(doing: Activity, now: number | undefined): string {
		if (doing.kind === "calling") return t(`calling.${doing.tool}`, { name: doing.name });
		if (doing.kind !== "retry") return t(`activity.${doing.kind}`);
		const cause = fault(doing.fault.fault, doing.fault.message);
		const left = Math.ceil(((doing.fault.retryAt ?? 0) - (now ?? 0)) / SECOND);
		return left > 0 && now !== undefined ? t("retryIn", { cause, s: left }) : t("retryNow", { cause });
	}

	return { t, format, duration, clock, count, compact, percent, listed, forkChanges, fault, activity, recorded };
}
