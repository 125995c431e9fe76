"use client";
import { ChevronDown, ChevronUp, Search, X } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { flushSync } from "react-dom";
import { useCommand } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { MOST_FIND_CHARS } from "@/lib/trajectory/find-hit";
import { useLook, useLookedAt } from "./use-look";
import { useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

const ICON = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

/** Looks for a phrase in all of the run: `/` comes here, Enter goes to the next place, Shift+Enter back, Esc clears. */
export function FindField() {
	const { t } = useRunWords();
	const { find, setFind } = useLook();
	const { goToHit, found } = useLookedAt();
	const { openTab } = useRunPage();
	const field = useRef<HTMLInputElement>(null);
	const focus = () => {
		// At once: the next letter of a quick hand belongs to the field.
		flushSync(() => openTab("timeline"));
		field.current?.select();
	};
	useCommand({ id: "find-in-run", label: t("find.command"), group: "step", keys: ["/"], run: focus });
	const press = (event: KeyboardEvent) => {
		if (event.key !== "Enter" && event.key !== "Escape") return;
		event.preventDefault();
		event.stopPropagation();
		if (event.key === "Enter") goToHit(event.shiftKey ? -1 : 1);
		else if (find === "") field.current?.blur();
		else setFind("");
	};
	const hasPlaces = found.places.length > 0;
	return (
		<search className="flex min-w-0 flex-none items-center gap-1 max-desk:basis-full">
			<label className="flex h-[26px] w-[248px] min-w-0 items-center gap-1.5 rounded-md border border-line-2 bg-surface px-2 focus-within:border-line-3 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent hover:border-line-3 max-desk:h-9 max-desk:w-auto max-desk:flex-1">
				<Search {...ICON} className="flex-none text-ink-3" />
				<span className="sr-only">{t("find.label")}</span>
				<input
					ref={field}
					type="text"
					enterKeyHint="search"
					autoComplete="off"
					spellCheck={false}
					maxLength={MOST_FIND_CHARS}
					value={find}
					placeholder={t("find.label")}
					onChange={(event) => setFind(event.target.value)}
					onKeyDown={press}
					className="min-w-0 flex-1 bg-transparent text-[12px]/4 outline-none! max-desk:text-[16px]"
				/>
				<FindCount />
				{find === "" && (
					<span className="flex-none text-ink max-desk:hidden" aria-hidden="true">
						<Kbd>/</Kbd>
					</span>
				)}
			</label>
			{find !== "" && (
				<>
					<Step label={t("find.previous")} isOff={!hasPlaces} onClick={() => goToHit(-1)}>
						<ChevronUp {...ICON} />
					</Step>
					<Step label={t("find.next")} isOff={!hasPlaces} onClick={() => goToHit(1)}>
						<ChevronDown {...ICON} />
					</Step>
					<Step label={t("find.clear")} onClick={() => setFind("")}>
						<X {...ICON} />
					</Step>
				</>
			)}
		</search>
	);
}

type StepProps = { label: string; isOff?: boolean; onClick(): void; children: React.ReactNode };

function Step({ label, isOff = false, onClick, children }: StepProps) {
	return (
		<Button variant="ghost" size="icon-sm" aria-label={label} title={label} disabled={isOff} onClick={onClick}>
			{children}
		</Button>
	);
}

/** `3 of 14`; before the first step, how many places there are. */
function FindCount() {
	const { t, count } = useRunWords();
	const { find } = useLook();
	const { found } = useLookedAt();
	const { places, at, isCut, isLooking } = found;
	const all = `${count(places.length)}${isCut ? "+" : ""}`;
	const words =
		at === undefined ? t("find.count", { n: places.length, all }) : t("find.place", { at: count(at + 1), all });
	return (
		<span role="status" className="flex-none text-[11px]/4 tabular-nums text-ink-3">
			{find.trim() !== "" && (isLooking ? t("find.looking") : words)}
		</span>
	);
}
