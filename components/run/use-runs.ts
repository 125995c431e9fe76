"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type LoadRuns, MOST, type RunsFilter, type RunsPage, refreshed, refreshLimit } from "./runs-page";

type Kept = { first: RunsPage; page: RunsPage; isLost: boolean };
type Shown = { page: RunsPage; isLost: boolean; more(): Promise<void>; refresh(): Promise<void> };
type Feed = { filter: RunsFilter; load: LoadRuns; size: number };

const REFRESH_MS = 3000;

/**
 * The runs the server drew, looked at again every few seconds while one of them goes on and the page is seen. A server
 * that does not answer leaves the list as it was and sets `isLost`; a new `first` (another filter) starts anew.
 */
export function useRuns(first: RunsPage, { filter, load, size }: Feed): Shown {
	const { search, state, tag, marks, archived } = filter;
	const wanted = useMemo(
		() => ({ search, state, ...(tag && { tag }), ...(marks && { marks }), ...(archived && { archived }) }),
		[search, state, tag, marks, archived],
	);
	const [kept, setKept] = useState<Kept>({ first, page: first, isLost: false });
	const shown = kept.first === first ? kept : { first, page: first, isLost: false };
	const { page, isLost } = shown;
	const newest = useRef(0);
	const pending = useRef(0);
	/** Asks, and puts the answer in place unless a later question has overtaken it. */
	const ask = useCallback(
		async (asked: Promise<RunsPage>, join: (old: RunsPage, answer: RunsPage) => RunsPage) => {
			const mine = ++newest.current;
			pending.current++;
			const answer = await asked.catch(() => undefined);
			pending.current--;
			if (mine !== newest.current) return;
			setKept((now) => {
				const old = now.first === first ? now.page : first;
				return { first, page: answer ? join(old, answer) : old, isLost: answer === undefined };
			});
		},
		[first],
	);
	const goesOn = page.runs.some((run) => run.state !== "ended");
	const limit = refreshLimit(page.runs, size);
	useEffect(() => {
		if (!goesOn) return;
		const look = () => ask(load({ ...wanted, limit }), (old, fresh) => refreshed(old, fresh, limit));
		const timer = setInterval(() => {
			if (!document.hidden && pending.current === 0) void look();
		}, REFRESH_MS);
		return () => clearInterval(timer);
	}, [goesOn, limit, wanted, load, ask]);
	const more = async () => {
		const last = page.runs.at(-1);
		if (!last) return;
		const older = load({ ...wanted, before: last.createdAt, limit: size });
		await ask(older, (old, answer) => ({ ...answer, runs: [...old.runs, ...answer.runs] }));
	};
	const shownCount = page.runs.length;
	/** Looks again at all that is shown, after something was changed. */
	const refresh = useCallback(async () => {
		const whole = Math.min(MOST, Math.max(size, shownCount));
		await ask(load({ ...wanted, limit: whole }), (old, fresh) => refreshed(old, fresh, whole));
	}, [ask, load, wanted, size, shownCount]);
	return { page, isLost, more, refresh };
}
