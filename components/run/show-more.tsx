"use client";
import { useRunWords } from "./use-run-words";
import type { LoadedText } from "./use-text-parts";

const LINK =
	"cursor-pointer text-ink underline decoration-line-2 underline-offset-[3px] hover:decoration-ink disabled:text-ink-3";

/** The way to the next part of a text, and why it did not come. Nothing when all is here. */
export function ShowMore({ body }: { body: LoadedText }) {
	const { t, count } = useRunWords();
	if (body.error) return <p className="mt-2 text-[12px]/4 text-error">{body.error}</p>;
	if (body.text === undefined || !body.hasMore) return;
	return (
		<p className="mt-2 text-[12px]/4 text-ink-3">
			{t("shownOf", { shown: count(body.text.length), n: count(body.chars) })}{" "}
			<button type="button" className={LINK} disabled={body.isLoading} onClick={body.more}>
				{t("showMore")}
			</button>
		</p>
	);
}

export function TextLink({
	children,
	onClick,
	disabled = false,
	isOpen,
}: {
	children: string;
	onClick(): void;
	disabled?: boolean;
	/** Of one that shows and hides something. */
	isOpen?: boolean;
}) {
	return (
		<button
			type="button"
			className={`${LINK} text-left text-[12px]/4`}
			disabled={disabled}
			aria-expanded={isOpen}
			onClick={onClick}
		>
			{children}
		</button>
	);
}
