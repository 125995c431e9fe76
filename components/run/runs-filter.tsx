"use client";
import { Archive, Undo2 } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type TransitionStartFunction, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { type RunWord, runWord } from "./outcome";
import { addressOf, RUN_MARKS, type RunsFilter, type TagCount } from "./runs-page";

const GOING: readonly RunWord[] = ["running", "queued", "waiting", "asking", "paused", "recovering"];
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
const ANY = "any";

type Props = { filter: RunsFilter; tags: readonly TagCount[]; startSearch: TransitionStartFunction };

/** Search, state, tag and marks, kept in the address, so that a list can be sent to somebody. */
export function RunsFilterBar({ filter, tags, startSearch }: Props) {
	const t = useTranslations("runs");
	const edit = useTranslations("runsEdit");
	const router = useRouter();
	const go = (next: Partial<RunsFilter>) =>
		startSearch(() => router.replace(addressOf({ ...filter, ...next }) as Route, { scroll: false }));
	const word = runWord(filter.state);
	const { tag = "", marks, archived = false } = filter;
	const options = (words: readonly RunWord[]) => words.map((value) => ({ value, label: t(`words.${value}`) }));
	const shownTags = tags.some((known) => known.tag === tag) || tag === "" ? tags : [{ tag, runs: 0 }, ...tags];
	return (
		<div className="mb-3 flex flex-wrap gap-2 max-desk:mb-4">
			<RunsSearch filter={filter} startSearch={startSearch} />
			<div className="w-[164px] max-desk:flex-1">
				<Select
					label={t("state")}
					value={word ?? ANY}
					onChange={(state) => go({ state })}
					groups={[
						{ options: [{ value: ANY, label: t("anyState") }] },
						{ label: t("notEnded"), options: options(GOING) },
						{ label: t("ended"), options: options(ENDED) },
					]}
				>
					{word ? t(`words.${word}`) : t("anyState")}
				</Select>
			</div>
			{shownTags.length > 0 && (
				<div className="w-[148px] max-desk:flex-1">
					<Select
						label={edit("tagFilter")}
						value={tag === "" ? ANY : `#${tag}`}
						onChange={(next) => go({ tag: next === ANY ? "" : next.slice(1) })}
						groups={[
							{ options: [{ value: ANY, label: edit("anyTag") }] },
							{ options: shownTags.map((known) => ({ value: `#${known.tag}`, label: known.tag })) },
						]}
					>
						{tag === "" ? edit("anyTag") : tag}
					</Select>
				</div>
			)}
			<div className="w-[136px] max-desk:flex-1">
				<Select
					label={edit("markFilter")}
					value={marks ?? ANY}
					onChange={(next) => {
						const { marks: _, ...others } = filter;
						const chosen = RUN_MARKS.find((known) => known === next);
						startSearch(() =>
							router.replace(addressOf({ ...others, ...(chosen && { marks: chosen }) }) as Route, { scroll: false }),
						);
					}}
					groups={[
						{ options: [{ value: ANY, label: edit("anyMark") }] },
						{ options: RUN_MARKS.map((value) => ({ value, label: edit(value) })) },
					]}
				>
					{marks ? edit(marks) : edit("anyMark")}
				</Select>
			</div>
			<Button variant="ghost" aria-pressed={archived} onClick={() => go({ archived: !archived })}>
				{archived ? (
					<Undo2 size={14} strokeWidth={1.75} aria-hidden="true" />
				) : (
					<Archive size={14} strokeWidth={1.75} aria-hidden="true" />
				)}
				{archived ? edit("showList") : edit("showArchived")}
			</Button>
		</div>
	);
}

/** Looks as one types, a moment after the last letter. */
function RunsSearch({ filter, startSearch }: Omit<Props, "tags">) {
	const t = useTranslations("runs");
	const router = useRouter();
	const [search, setSearch] = useState(filter.search);
	const [followed, setFollowed] = useState(filter.search);
	if (followed !== filter.search) {
		setFollowed(filter.search);
		if (search.trim() !== filter.search) setSearch(filter.search);
	}
	useEffect(() => {
		if (search.trim() === followed) return;
		const address = addressOf({ ...filter, search: search.trim() }) as Route;
		const timer = setTimeout(() => startSearch(() => router.replace(address, { scroll: false })), TYPING_MS);
		/** Whoever follows a link within the pause wants that page, not the search. */
		const leave = ({ target }: MouseEvent) => {
			if (target instanceof Element && target.closest("a[href]")) clearTimeout(timer);
		};
		addEventListener("click", leave, true);
		return () => {
			clearTimeout(timer);
			removeEventListener("click", leave, true);
		};
	}, [search, followed, filter, router, startSearch]);
	return <SearchBox label={t("search")} value={search} onChange={setSearch} className="w-[320px]" />;
}
