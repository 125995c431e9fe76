"use client";
import { useEffect, useState } from "react";

const load = () => Promise.all([import("./found-rows"), import("@/lib/trajectory/find-text")]);

type Finding = typeof import("./found-rows") & typeof import("@/lib/trajectory/find-text");

/** What leads from a text to its places among the rows: here from the moment that something is looked for. */
export function useFinding(isWanted: boolean): Finding | undefined {
	const [finding, setFinding] = useState<Finding>();
	useEffect(() => {
		if (isWanted) void load().then(([rows, texts]) => setFinding({ ...rows, ...texts }));
	}, [isWanted]);
	return finding;
}
