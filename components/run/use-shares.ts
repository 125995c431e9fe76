import { useCallback, useEffect, useState } from "react";
import type { ShareFacts } from "@/lib/db/shares";
import { useDeed } from "./use-deed";
import { useRunActions, useRunDesk } from "./use-run";

type Links = { shares: ShareFacts[]; origin: string | undefined };

/** The links of the run; undefined until they are here. */
export function useShares() {
	const { store } = useRunDesk();
	const actions = useRunActions();
	const [links, setLinks] = useState<Links>();
	const { act, setback } = useDeed();
	const load = useCallback(
		() =>
			act(
				() => actions.listShares(store.runId),
				({ shares, origin }) => setLinks({ shares, origin }),
			),
		[act, actions, store],
	);
	useEffect(() => load(), [load]);
	return {
		links,
		problem: setback?.message,
		set: (shares: ShareFacts[]) => setLinks((known) => ({ origin: known?.origin, shares })),
		revoke: (id: string) => act(() => actions.revokeShare(store.runId, id), load),
	};
}
