"use client";
import { Field as Base } from "@base-ui/react/field";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

const BOX =
	"w-full min-w-0 rounded-md border border-line-2 bg-surface px-2.5 text-[14px]/5 hover:border-line-3 aria-invalid:border-error disabled:opacity-50";

type Common = {
	label: string;
	/** What belongs in it, its limit, or what happens when it stays empty. */
	hint?: string | undefined;
	/** What is wrong with it and what would be right. */
	error?: string | undefined;
	/** The label is read, not seen: only where the place says what it is. */
	hidesLabel?: boolean | undefined;
	/** What a machine reads: arguments, patterns, bodies. */
	mono?: boolean;
};

type LineProps = Common &
	Omit<ComponentProps<"input">, "value" | "onChange"> & { value: string; onChange(text: string): void };

/** One line of text under its label, with its error beside it. */
export function TextField({ label, hint, error, hidesLabel, mono, onChange, className, ...rest }: LineProps) {
	return (
		<Frame {...{ label, hint, error, hidesLabel }}>
			<Base.Control
				render={<input {...rest} />}
				onChange={(event) => onChange(event.currentTarget.value)}
				className={cn(BOX, "h-8 max-desk:h-10", mono && "font-mono text-[13px]", className)}
				aria-invalid={error !== undefined || undefined}
			/>
		</Frame>
	);
}

type AreaProps = Common &
	Omit<ComponentProps<"textarea">, "value" | "onChange"> & { value: string; onChange(text: string): void };

/** Several lines of text under their label; grows with what is written. */
export function TextArea({ label, hint, error, hidesLabel, mono, onChange, className, ...rest }: AreaProps) {
	return (
		<Frame {...{ label, hint, error, hidesLabel }}>
			<Base.Control
				render={<textarea {...rest} />}
				onChange={(event) => onChange((event.currentTarget as unknown as HTMLTextAreaElement).value)}
				className={cn(
					BOX,
					"field-sizing-content max-h-[40dvh] min-h-16 resize-y py-1.5",
					mono && "font-mono text-[13px]",
					className,
				)}
				aria-invalid={error !== undefined || undefined}
			/>
		</Frame>
	);
}

function Frame({ label, hint, error, hidesLabel = false, children }: Omit<Common, "mono"> & { children: ReactNode }) {
	return (
		<Base.Root invalid={error !== undefined} className="min-w-0">
			<Base.Label className={cn(hidesLabel ? "sr-only" : "mb-1 block text-[12px]/4 text-ink-3")}>{label}</Base.Label>
			{children}
			{hint && !error && <Base.Description className="mt-1 text-[12px]/4 text-ink-3">{hint}</Base.Description>}
			<Base.Error match={error !== undefined} className="mt-1 text-[12px]/4 text-error" role="alert">
				{error}
			</Base.Error>
		</Base.Root>
	);
}
