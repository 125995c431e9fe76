"use client";
import { useSyncExternalStore } from "react";

const QUERY = "(min-width: 861px)";

function subscribe(listener: () => void): () => void {
	const media = matchMedia(QUERY);
	media.addEventListener("change", listener);
	return () => media.removeEventListener("change", listener);
}

/** Whether the panes stand side by side (861 px and more). The server answers yes; CSS decides what is seen. */
export const useWide = (): boolean =>
	useSyncExternalStore(
		subscribe,
		() => matchMedia(QUERY).matches,
		() => true,
	);
