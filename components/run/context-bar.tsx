import { useTranslations } from "next-intl";
import type { ContextView } from "@/lib/trajectory/context-view";
import { useRunWords } from "./use-run-words";

/** Ink and hatching tell the parts apart as well as hue does; results have the hue of what was read. */
const PARTS = [
	{ part: "system", ink: "bg-ink" },
	{ part: "question", ink: "bg-accent" },
	{ part: "thoughts", ink: "bg-line-3" },
	{ part: "results", ink: "bg-tool-read" },
	{ part: "placeholders", ink: "bg-line-2" },
] as const;

/** The prompt against the window, by kind of message; what is free is hatched. */
export function ContextBar({ tokens }: { tokens: ContextView["tokens"] }) {
	const t = useTranslations("context.parts");
	const { compact, count } = useRunWords();
	const counts = { n: tokens.keptResults, masked: tokens.maskedResults };
	return (
		<>
			<div
				aria-hidden="true"
				className="flex h-6 gap-px overflow-hidden rounded-[4px] border border-line-2 bg-[repeating-linear-gradient(135deg,var(--line)_0_1px,transparent_1px_6px)]"
			>
				{PARTS.map(({ part, ink }) =>
					tokens[part] > 0 ? (
						<i
							key={part}
							className={`${ink} h-full min-w-px flex-none`}
							style={{ width: `${Math.min(100, (100 * tokens[part]) / tokens.window)}%` }}
						/>
					) : undefined,
				)}
			</div>
			<dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-[12px]/4">
				{PARTS.map(({ part, ink }) => (
					<div key={part} className="flex items-center gap-1.5">
						<i className={`${ink} size-2.5 flex-none rounded-[2px]`} aria-hidden="true" />
						<dt className="text-ink-2">{t(part, counts)}</dt>
						<dd className="font-medium tabular-nums" title={count(tokens[part])}>
							{compact(tokens[part])}
						</dd>
					</div>
				))}
			</dl>
		</>
	);
}
