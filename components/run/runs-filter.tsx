"use client";
import { Search } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Select } from "@/components/ui/select";
import type { RunsFilter } from "./runs-table";

const STATES = ["any", "running", "answered", "forced", "cancelled", "failed", "waiting"] as const;
const TYPING_MS = 250;

/** Search and state, kept in the address, so that a list can be sent to somebody. */
export function RunsFilterBar({ filter }: { filter: RunsFilter }) {
	const t = useTranslations("runs");
	const router = useRouter();
	const path = usePathname();
	const [search, setSearch] = useState(filter.search);
	const shown = useRef(filter);
	shown.current = filter;
	const go = (next: RunsFilter) => {
		const query = new URLSearchParams();
		if (next.search) query.set("q", next.search);
		if (next.state) query.set("state", next.state);
		router.replace(`${path}?${query}` as "/runs", { scroll: false });
	};
	const goNow = useRef(go);
	goNow.current = go;
	useEffect(() => {
		if (search === shown.current.search) return;
		const timer = setTimeout(() => goNow.current({ ...shown.current, search }), TYPING_MS);
		return () => clearTimeout(timer);
	}, [search]);
	const state = STATES.find((known) => known === filter.state) ?? "any";
	return (
		<div className="mb-3 flex flex-wrap gap-2">
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
					className="h-8 w-full rounded-md border border-line-2 bg-surface pr-2.5 pl-8 text-[13px] max-desk:h-10"
				/>
			</label>
			<div className="w-[170px] max-desk:w-full">
				<Select
					label={t("state")}
					value={state}
					onChange={(next) => go({ ...filter, state: next === "any" ? "" : next })}
					options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
				>
					{t("stateIs", { state: t(`states.${state}`) })}
				</Select>
			</div>
		</div>
	);
}
