"use client";
import { useEffect, useState } from "react";
import type { Meters, MetersRead } from "@/lib/trajectory/settings-view";
import { type Rates, ratesOf } from "./rates";

const EVERY_MS = 2000;

type Seen = { read?: MetersRead; last?: Meters; rates?: Rates | undefined };

/** The meters of a model's server, read every two seconds while the page is seen. */
export function useMeters(of: "model" | "extraction", lost: string): Seen {
	const [seen, setSeen] = useState<Seen>({});
	useEffect(() => {
		const left = new AbortController();
		let isAsking = false;
		const look = async () => {
			if (document.hidden || isAsking) return;
			isAsking = true;
			const read = await fetch(`/api/settings/meters?of=${of}`, { signal: left.signal })
				.then((response): Promise<MetersRead> => response.json())
				.catch((): MetersRead => ({ ok: false, why: lost }));
			isAsking = false;
			if (left.signal.aborted) return;
			setSeen(({ last }) => {
				if (!read.ok) return { read };
				return { read, last: read.meters, rates: last && ratesOf(last, read.meters) };
			});
		};
		void look();
		const timer = setInterval(() => void look(), EVERY_MS);
		const onSeen = () => void look();
		document.addEventListener("visibilitychange", onSeen);
		return () => {
			left.abort();
			clearInterval(timer);
			document.removeEventListener("visibilitychange", onSeen);
		};
	}, [of, lost]);
	return seen;
}
