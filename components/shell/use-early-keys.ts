"use client";
import { useEffect, useEffectEvent } from "react";

/**
 * Takes the keys of a fast hand, which come before the dialog that they are meant for is there to take them. `take` says
 * whether it took one; that key then does nothing else.
 */
export function useEarlyKeys(isOpen: boolean, take: (key: string) => boolean): void {
	const act = useEffectEvent((event: KeyboardEvent) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (event.target instanceof Element && event.target.closest("[role=dialog]")) return;
		if (!take(event.key)) return;
		event.preventDefault();
		event.stopPropagation();
	});
	useEffect(() => {
		if (!isOpen) return;
		const listen = (event: KeyboardEvent) => act(event);
		addEventListener("keydown", listen, true);
		return () => removeEventListener("keydown", listen, true);
	}, [isOpen]);
}
