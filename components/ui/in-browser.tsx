"use client";
import { type ReactNode, Suspense, useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False on the server, and while the browser takes over what the server has drawn. */
export const useInBrowser = (): boolean =>
	useSyncExternalStore(
		never,
		() => true,
		() => false,
	);

/** A part that is drawn when its code is here, and its place until then: what the server drew of it could not be pressed. */
export function InBrowser({ place, children }: { place: ReactNode; children: ReactNode }) {
	return useInBrowser() ? <Suspense fallback={place}>{children}</Suspense> : place;
}
