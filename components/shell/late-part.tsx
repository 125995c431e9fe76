"use client";
import type { ReactNode } from "react";
import { useInBrowser } from "@/components/ui/in-browser";
import { LATE } from "./early-presses";

/** A part of a page that comes later in its answer and is taken over by itself: presses are held until it is. */
export function LatePart({ children }: { children: ReactNode }) {
	const isTaken = useInBrowser();
	return (
		<div className="contents" {...(!isTaken && { [LATE]: "" })}>
			{children}
		</div>
	);
}
