/** The mark: a line with its ticks and the lead at its end; alone where the bar has no room for the name. */
export const Brand = ({ name }: { name: string }) => (
	<span className="flex items-center gap-2 text-[15px] font-semibold tracking-[-0.015em]">
		<svg width="18" height="20" viewBox="0 0 18 20" aria-hidden="true">
			<path className="stroke-ink" d="M6 1v12" strokeWidth="1.6" fill="none" />
			<path className="stroke-ink" d="M7 2.5h9M7 5.5h5M7 8.5h7.5" strokeWidth="1.4" fill="none" />
			<path className="fill-accent" d="M4.4 12.5h3.2l1.7 5.2q-.2 1.6-3.3 1.9q-3.1-.3-3.3-1.9z" />
		</svg>
		<span className="max-[460px]:sr-only">{name}</span>
	</span>
);
