"use client";
import { useLook, useLookedAt } from "./use-look";
import { useRunView } from "./use-run";
import { useRunWords } from "./use-run-words";

/** Says that what is looked for is nowhere, or why nobody could look. */
export function FindNote() {
	const { t } = useRunWords();
	const { view } = useRunView();
	const { find } = useLook();
	const { found, shown } = useLookedAt();
	const text = find.trim();
	if (text === "" || found.isLooking || found.places.length > 0) return;
	const nowhere = shown ? t("find.notShown", { text }) : t("find.nowhere", { text, n: view.calls });
	return (
		<p
			role="status"
			className="flex-none border-b border-line px-4 py-2.5 text-[13px]/5 text-pretty text-ink-2 desk:px-6"
		>
			{found.error === undefined ? nowhere : t("find.failed", { error: found.error })}
		</p>
	);
}
