"use client";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { useTranslations } from "next-intl";
import { DEPTHS } from "./ask-set-up";

/** Words of each depth, and how far down its line is drawn, in pixels. */
const DRAWN = {
	25: { id: "shallow", line: 26 },
	100: { id: "standard", line: 44 },
	300: { id: "deep", line: 64 },
	600: { id: "full", line: 86 },
} as const satisfies Record<(typeof DEPTHS)[number], { id: string; line: number }>;

const TICK_GAP = 7;

/** Ticks of a drawn line, long and short by turns. */
function ticksOf(line: number): string {
	const count = Math.floor((line - 4) / TICK_GAP);
	return Array.from({ length: count }, (_, at) => `M11 ${8 + at * TICK_GAP}h${at % 2 === 0 ? 10 : 6}`).join("");
}

type Props = { value: number; onChange: (calls: number) => void };

/** How deep to go, said by what it means, not by a number of tokens. */
export function DepthPicker({ value, onChange }: Props) {
	const t = useTranslations("ask");
	return (
		<RadioGroup
			aria-label={t("depth")}
			value={value}
			onValueChange={(next) => onChange(next as number)}
			className="grid grid-cols-4 gap-px overflow-hidden rounded-b-[9px] border-t border-line-2 bg-line max-desk:grid-cols-2"
		>
			{DEPTHS.map((calls) => {
				const { id, line } = DRAWN[calls];
				return (
					<Radio.Root
						key={id}
						value={calls}
						nativeButton
						render={<button type="button" />}
						className="group grid min-h-[108px] grid-cols-[22px_minmax(0,1fr)] gap-2.5 bg-surface pr-3 pb-3.5 pl-4 text-left text-ink-2 -outline-offset-2! hover:bg-hover data-checked:bg-accent-tint"
					>
						<svg width="22" height="100" aria-hidden="true" className="overflow-visible">
							<path
								className="stroke-line-3 group-data-checked:stroke-accent"
								strokeWidth={1.5}
								fill="none"
								d={`M10 0v${line}${ticksOf(line)}`}
							/>
							<path
								className="fill-line-3 group-data-checked:fill-accent"
								d={`M8 ${line}h4l2 8q.2 3 -4 3.6q-4.2 -.6 -4 -3.6z`}
							/>
						</svg>
						<span className="block pt-3">
							<span className="block font-medium text-ink group-data-checked:font-semibold">
								{t(`depths.${id}.name`)}
							</span>
							<span className="mt-px block text-[13px]/[18px] tabular-nums">{t("upTo", { calls })}</span>
							<span className="mt-px block text-[13px]/[18px] text-ink-3">{t(`depths.${id}.effect`)}</span>
						</span>
					</Radio.Root>
				);
			})}
		</RadioGroup>
	);
}
