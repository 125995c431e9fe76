import type { ComponentProps } from "react";
import { cn } from "./cn";

const VARIANTS = {
	default: "border-line-2 bg-surface text-ink font-medium hover:bg-hover hover:border-line-3",
	primary: "border-accent bg-accent text-accent-ink font-medium hover:bg-accent-hover hover:border-accent-hover",
	ink: "border-ink bg-ink text-paper font-medium hover:opacity-90",
	ghost: "border-transparent text-ink-2 hover:bg-hover hover:text-ink",
	danger: "border-line-2 bg-surface text-error font-medium hover:bg-error-tint",
};

const SIZES = {
	md: "h-8 px-3 text-[13px] max-desk:h-10",
	sm: "h-[26px] px-2 text-[12px] max-desk:h-8",
	lg: "h-10 px-[18px] text-[14px] max-desk:h-11",
	icon: "size-8 p-0 max-desk:size-10",
	"icon-sm": "size-[26px] p-0 max-desk:size-9",
};

export type ButtonLooks = { variant?: keyof typeof VARIANTS | undefined; size?: keyof typeof SIZES | undefined };

/** The classes of a button. */
export const buttonLooks = ({ variant = "default", size = "md" }: ButtonLooks) =>
	cn(
		"inline-flex items-center justify-center gap-1.5 rounded-md border whitespace-nowrap transition-colors duration-90",
		"disabled:pointer-events-none disabled:opacity-50",
		VARIANTS[variant],
		SIZES[size],
	);

/** A button is a verb; one primary a page. */
export function Button({ variant, size, className, ...rest }: ComponentProps<"button"> & ButtonLooks) {
	return <button type="button" className={cn(buttonLooks({ variant, size }), className)} {...rest} />;
}
