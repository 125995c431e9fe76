"use client";
import { Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type TransitionStartFunction, useEffect, useState } from "react";
import { Select } from "@/components/ui/select";
import { type RunWord, runWord } from "./outcome";
import type { RunsFilter } from "./runs-page";

const GOING: readonly RunWord[] = ["running", "queued", "waiting", "paused", "recovering"];
const ENDED: readonly RunWord[] = [
	"answered",
	"forced",
	"call_limit",
	"turn_limit",
	"context_limit",
	"time_limit",
	"token_limit",
	"cancelled",
	"failed",
];
const TYPING_MS = 250;

type Props = { filter: RunsFilter; startSearch: TransitionStartFunction };

/** Search and state, kept in the address, so that a list can be sent to somebody. */
export function RunsFilterBar({ filter, startSearch }: Props) {
	const t = useTranslations("runs");
	const router = useRouter();
	const [search, setSearch] = useState(filter.search);
	const [followed, setFollowed] = useState(filter.search);
	if (followed !== filter.search) {
		setFollowed(filter.search);
		if (search.trim() !== filter.search) setSearch(filter.search);
	}
	const { state } = filter;
	useEffect(() => {
		if (search.trim() === followed) return;
		const timer = setTimeout(
			() => startSearch(() => router.replace(addressOf({ search: search.trim(), state }), { scroll: false })),
			TYPING_MS,
		);
		/** Whoever follows a link within the pause wants that page, not the search. */
		const leave = ({ target }: MouseEvent) => {
			if (target instanceof Element && target.closest("a[href]")) clearTimeout(timer);
		};
		addEventListener("click", leave, true);
		return () => {
			clearTimeout(timer);
			removeEventListener("click", leave, true);
		};
	}, [search, followed, state, router, startSearch]);
	const word = runWord(state);
	const shown = word ? t(`words.${word}`) : t("anyState");
	const options = (words: readonly RunWord[]) => words.map((value) => ({ value, label: t(`words.${value}`) }));
	return (
		<div className="mb-3 flex flex-wrap gap-2 max-desk:mb-4">
			<label className="relative w-[340px] max-desk:w-full">
				<span className="sr-only">{t("search")}</span>
				<Search
					size={16}
					strokeWidth={1.5}
					className="absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
					aria-hidden="true"
				/>
				<input
					type="search"
					value={search}
					onChange={(event) => setSearch(event.target.value)}
					placeholder={t("search")}
					maxLength={500}
					className="h-8 w-full rounded-md border border-line-2 bg-surface pr-2.5 pl-8 text-[13px] hover:border-line-3 max-desk:h-10 max-desk:text-[16px]"
				/>
			</label>
			<div className="w-[196px] max-desk:w-full">
				<Select
					label={t("state")}
					value={word ?? "any"}
					onChange={(next) => startSearch(() => router.replace(addressOf({ search: search.trim(), state: next })))}
					groups={[
						{ options: [{ value: "any", label: t("anyState") }] },
						{ label: t("notEnded"), options: options(GOING) },
						{ label: t("ended"), options: options(ENDED) },
					]}
				>
					{shown}
				</Select>
			</div>
		</div>
	);
}

function addressOf({ search, state }: RunsFilter): Route {
	const query = new URLSearchParams();
	if (search) query.set("q", search);
	if (state && state !== "any") query.set("state", state);
	return `/runs?${query}`;
}
