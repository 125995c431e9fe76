import type { ReactNode } from "react";

/** A ruled part of the inspector. */
export function Section({ name, aside, children }: { name: string; aside?: ReactNode; children: ReactNode }) {
	return (
		<section className="border-b border-line px-4 py-3 last:border-b-0">
			<div className="mb-1.5 flex items-center gap-2 text-[12px]/4 text-ink-3">
				<h2 className="font-medium">{name}</h2>
				<span className="flex-1" />
				{aside}
			</div>
			{children}
		</section>
	);
}

/** Names and values, as the inspector lists them. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
	return (
		<dl className="grid grid-cols-[84px_minmax(0,1fr)] gap-x-3 gap-y-1 text-[13px]/5">
			{facts.map(([name, value]) => (
				<div key={name} className="contents">
					<dt className="truncate text-ink-3" title={name}>
						{name}
					</dt>
					<dd className="min-w-0 tabular-nums [overflow-wrap:anywhere]">{value}</dd>
				</div>
			))}
		</dl>
	);
}
