"use client";
import { useEffect, useState } from "react";

/** The time, ticking every second while `ticking`; undefined until the page runs in the browser. */
export function useNow(ticking: boolean): number | undefined {
	const [now, setNow] = useState<number>();
	useEffect(() => {
		setNow(Date.now());
		if (!ticking) return;
		const timer = setInterval(() => setNow(Date.now()), 1000);
		return () => clearInterval(timer);
	}, [ticking]);
	return now;
}
