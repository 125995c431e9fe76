"use client";
import { useRouter } from "next/navigation";
import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useMemo, useState } from "react";
import { OnceOpen } from "@/components/ui/once-open";
import type { Family } from "@/lib/trajectory/family";
import type { ForkInput } from "@/lib/trajectory/fork";
import type { ForkPart } from "./fork-draft";
import { ForkNote } from "./lazy-beside";
import { useDeed } from "./use-deed";
import { useFamily } from "./use-family";
import { useRunActions, useRunDesk } from "./use-run";

type ForkPlace = { call: number; part: ForkPart };

/** Ways to make another run of this one, shared by header, inspector, steering and keys. */
export type ForkDesk = {
	/** Opens the fork dialog at a kept call. */
	openFork(call: number, part?: ForkPart): void;
	/** Asks what the answer would be with what was known after this call; goes to the run that tells. */
	answerNow(call: number): void;
	/** Starts what needs no dialog, and goes to it. */
	start(input: ForkInput): void;
	isBusy: boolean;
	/** The runs around this one; undefined until they are here. */
	family: Family | undefined;
	/** Whether runs were forked from this one; known before the family is. */
	hasForks: boolean;
};

const ForkDeskContext = createContext<ForkDesk | undefined>(undefined);

export function useForkDesk(): ForkDesk {
	const desk = useContext(ForkDeskContext);
	if (!desk) throw new Error("This part stands on the run page only.");
	return desk;
}

const ForkDialog = lazy(async () => ({ default: (await import("./fork-dialog")).ForkDialog }));

/** Holds the fork dialog, and says what became of forks that need none. */
export function ForkDeskRoom({ hasForks, children }: { hasForks: boolean; children: ReactNode }) {
	const { store } = useRunDesk();
	const actions = useRunActions();
	const router = useRouter();
	const { act, isBusy, setback, forget } = useDeed();
	const [place, setPlace] = useState<ForkPlace>();
	const [started, setStarted] = useState<string[]>([]);
	const family = useFamily(started.length);

	const start = useCallback(
		(input: ForkInput) =>
			act(
				() => actions.fork(store.runId, input),
				({ runIds }) => {
					const [only] = runIds;
					if (runIds.length === 1 && only !== undefined) router.push(`/runs/${only}`);
					else setStarted(runIds);
				},
			),
		[act, actions, store, router],
	);
	const desk = useMemo<ForkDesk>(
		() => ({
			openFork: (call, part = "arguments") => setPlace({ call, part }),
			answerNow: (call) => start({ kind: "answer_now", call }),
			start,
			isBusy,
			family,
			hasForks: family ? family.children.length > 0 : hasForks,
		}),
		[start, isBusy, family, hasForks],
	);
	return (
		<ForkDeskContext value={desk}>
			{children}
			<OnceOpen open={place !== undefined}>
				<ForkDialog place={place} onClose={() => setPlace(undefined)} />
			</OnceOpen>
			<Suspense>
				<ForkNote
					problem={setback?.message}
					started={started}
					onClose={() => {
						forget();
						setStarted([]);
					}}
				/>
			</Suspense>
		</ForkDeskContext>
	);
}
