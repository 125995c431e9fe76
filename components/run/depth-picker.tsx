"use client";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { useTranslations } from "next-intl";

const DEPTHS = [
	{ id: "shallow", calls: 25, line: 26 },
	{ id: "standard", calls: 100, line: 44 },
	{ id: "deep", calls: 300, line: 64 },
	{ id: "full", calls: 600, line: 86 },
] as const;

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
			className="grid grid-cols-4 overflow-hidden rounded-b-[9px] border-t border-line-2 max-desk:grid-cols-2"
		>
			{DEPTHS.map(({ id, calls, line }) => (
				<Radio.Root
					key={id}
					value={calls}
					nativeButton
					render={<button type="button" />}
					className="group grid min-h-[108px] grid-cols-[22px_minmax(0,1fr)] gap-2.5 border-line pr-3.5 pb-3.5 pl-4 text-left text-ink-2 -outline-offset-2 not-first:border-l hover:bg-hover data-checked:bg-accent-tint max-desk:nth-[n+3]:border-t max-desk:nth-3:border-l-0"
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
							d={`M8 ${line}h4l2 8q.2 3 -4 3.6q-4.200 -.6 -4 -3.6z`}
						/>
					</svg>
					<span>
						<span className="mt-3 block font-medium text-ink group-data-checked:font-semibold">
							{t(`depths.${id}.name`)}
						</span>
						<span className="mt-px block text-[13px]/[18px] tabular-nums">{t("upTo", { calls })}</span>
						<span className="mt-px block text-[13px]/[18px] text-ink-3">{t(`depths.${id}.effect`)}</span>
					</span>
				</Radio.Root>
			))}
		</RadioGroup>
	);
}
