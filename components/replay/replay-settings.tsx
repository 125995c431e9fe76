"use client";
import { useTranslations } from "next-intl";
import { useRunWords } from "@/components/run/use-run-words";
import { Select } from "@/components/ui/select";
import type { ReplayAxes } from "@/lib/trajectory/replay-axis";
import { REPLAY_AXES, REPLAY_SPEEDS, type ReplayAxisName, type ReplaySpeed } from "@/lib/trajectory/replay-choices";
import type { Replay } from "./use-replay";

/** What an axis has, in words. */
function useAxisDetail(): (axes: ReplayAxes, name: ReplayAxisName) => string {
	const t = useTranslations("replay");
	const { duration, compact, count } = useRunWords();
	return ({ time, calls, tokens, squeezedMs }, name) => {
		if (name === "calls") return t("byCallsDetail", { n: count(calls.length) });
		if (name === "tokens")
			return tokens.length > 0 ? t("byTokensDetail", { n: compact(tokens.length) }) : t("noTokens");
		const whole = duration(time.length);
		return squeezedMs > 0 ? t("squeezed", { left: duration(squeezedMs), whole }) : t("byTimeDetail", { whole });
	};
}

/** What the scrubber measures, and how fast it plays. */
export function ReplaySettings({ replay }: { replay: Replay }) {
	const { axes, axis, setAxis, speed, setSpeed } = replay;
	const t = useTranslations("replay");
	const detailOf = useAxisDetail();
	const axisOptions = REPLAY_AXES.map((value) => ({
		value,
		label: t(`axes.${value}`),
		...(axes && { detail: detailOf(axes, value), disabled: axes[value].length === 0 }),
	}));
	const speedOptions = [
		...REPLAY_SPEEDS.map((value) => ({ value: String(value), label: t("times", { n: value }) })),
		{ value: "fit", label: t("fit"), detail: t("fitDetail") },
	];
	const speedOf = (value: string): ReplaySpeed => REPLAY_SPEEDS.find((known) => String(known) === value) ?? "fit";
	return (
		<>
			<span className="w-[104px] flex-none max-desk:w-[116px]">
				<Select
					label={t("axis")}
					value={axis}
					onChange={(value) => setAxis(REPLAY_AXES.find((known) => known === value) ?? "time")}
					groups={[{ options: axisOptions }]}
				>
					{t(`axes.${axis}`)}
				</Select>
			</span>
			<span className="w-[104px] flex-none max-desk:w-[108px]">
				<Select
					label={t("speed")}
					value={String(speed)}
					onChange={(value) => setSpeed(speedOf(value))}
					groups={[{ options: speedOptions }]}
				>
					{speed === "fit" ? t("fit") : t("times", { n: speed })}
				</Select>
			</span>
		</>
	);
}
