import { Search } from "lucide-react";
import { cn } from "./cn";

type Props = { label: string; value: string; onChange(text: string): void; className?: string };

/** A line to search with, its name inside it as long as it is empty. */
export const SearchBox = ({ label, value, onChange, className }: Props) => (
	<label className={cn("relative block max-desk:w-full", className)}>
		<span className="sr-only">{label}</span>
		<Search
			size={16}
			strokeWidth={1.5}
			className="absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
			aria-hidden="true"
		/>
		<input
			type="search"
			value={value}
			onChange={(event) => onChange(event.target.value)}
			placeholder={label}
			maxLength={500}
			className="h-8 w-full rounded-md border border-line-2 bg-surface pr-2.5 pl-8 text-[13px] hover:border-line-3 max-desk:h-10 max-desk:text-[16px]"
		/>
	</label>
);
