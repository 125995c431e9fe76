"use client";
import { useTranslations } from "next-intl";
import { useRunWords } from "@/components/run/use-run-words";
import type { Both } from "@/lib/trajectory/align";
import type { Divergence } from "@/lib/trajectory/divergence";
import type { CallBrief } from "./brief";

const WORDS = 60;

/** Where the runs part, in words. */
function useDivergenceWords(divergence: Divergence, calls: Both<readonly CallBrief[]>): string {
	const t = useTranslations("compare");
	const { forkChanges } = useRunWords();
	const label = (side: "a" | "b", at: number) => {
		const text = calls[side][at]?.label ?? "";
		return text.length > WORDS ? `${text.slice(0, WORDS)}…` : text;
	};
	switch (divergence.kind) {
		case "none":
			return t("divergence.none");
		case "answer":
			return t("divergence.answer");
		case "step": {
			const { what, a, b } = divergence;
			return t(`divergence.${what}`, { a: label("a", a), b: label("b", b) });
		}
		case "extra": {
			const [side, other] = divergence.side === "a" ? (["a", "b"] as const) : (["b", "a"] as const);
			const names = { side: t(`sides.${side}`), other: t(`sides.${other}`) };
			return t(divergence.isLast ? "divergence.last" : "divergence.extra", names);
		}
		case "fork": {
			const { side, afterCall, changes } = divergence;
			const said = forkChanges(changes) || t("divergence.unchanged");
			if (!side) return t("divergence.forkBoth", { n: afterCall, changes: said });
			const names = { side: t(`sides.${side}`), other: t(`sides.${side === "a" ? "b" : "a"}`) };
			return t("divergence.fork", { ...names, n: afterCall, changes: said });
		}
		default:
			return divergence satisfies never;
	}
}

export function DivergenceLine({ divergence, calls }: { divergence: Divergence; calls: Both<readonly CallBrief[]> }) {
	const words = useDivergenceWords(divergence, calls);
	return (
		<p className="flex min-h-[34px] items-center justify-center border-b border-accent-line bg-accent-tint px-4 py-1.5 text-center text-[13px]/5 font-medium text-balance wrap-anywhere text-accent">
			{words}
		</p>
	);
}
