"use client";
import { type ComponentProps, type ReactNode, useId } from "react";
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
export function TextField({ onChange, ...props }: LineProps) {
	const { frame, control } = useParts(props, "h-8 max-desk:h-10");
	return (
		<Frame {...frame}>
			<input {...control} onChange={(event) => onChange(event.currentTarget.value)} />
		</Frame>
	);
}

type AreaProps = Common &
	Omit<ComponentProps<"textarea">, "value" | "onChange"> & { value: string; onChange(text: string): void };

/** Several lines of text under their label; grows with what is written. */
export function TextArea({ onChange, ...props }: AreaProps) {
	const { frame, control } = useParts(props, "field-sizing-content max-h-[40dvh] min-h-16 resize-y py-1.5");
	return (
		<Frame {...frame}>
			<textarea {...control} onChange={(event) => onChange(event.currentTarget.value)} />
		</Frame>
	);
}

type Given = Common & { id?: string | undefined; className?: string | undefined };

/** What belongs to the frame, and what to the control, tied together by ids. */
function useParts<P extends Given>({ label, hint, error, hidesLabel, mono, id, className, ...rest }: P, size: string) {
	const made = useId();
	const name = id ?? made;
	const said = error ?? hint;
	return {
		frame: { label, hint, error, hidesLabel, id: name },
		control: {
			...rest,
			id: name,
			className: cn(BOX, size, mono && "font-mono text-[13px]", className),
			"aria-invalid": error !== undefined || undefined,
			"aria-describedby": said === undefined ? undefined : `${name}-said`,
		},
	};
}

type FrameProps = Omit<Common, "mono"> & { id: string; children: ReactNode };

function Frame({ id, label, hint, error, hidesLabel = false, children }: FrameProps) {
	return (
		<div className="min-w-0">
			<label htmlFor={id} className={cn(hidesLabel ? "sr-only" : "mb-1 block text-[12px]/4 text-ink-3")}>
				{label}
			</label>
			{children}
			{hint && !error && (
				<p id={`${id}-said`} className="mt-1 text-[12px]/4 text-ink-3">
					{hint}
				</p>
			)}
			{error !== undefined && (
				<p id={`${id}-said`} role="alert" className="mt-1 text-[12px]/4 text-error">
					{error}
				</p>
			)}
		</div>
	);
}
