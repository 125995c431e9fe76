"use client";
import { useEffect, useState } from "react";

const load = async () => (await import("./finding")).finding;

/** What leads from a text to its places among the rows: here from the moment that something is looked for. */
export function useFinding(isWanted: boolean) {
	const [finding, setFinding] = useState<Awaited<ReturnType<typeof load>>>();
	useEffect(() => {
		if (isWanted) void load().then((loaded) => setFinding(loaded));
	}, [isWanted]);
	return finding;
}
