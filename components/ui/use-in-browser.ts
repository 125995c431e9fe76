"use client";
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False on the server, and while the browser takes over what the server has drawn. */
export const useInBrowser = (): boolean =>
	useSyncExternalStore(
		never,
		() => true,
		() => false,
	);
