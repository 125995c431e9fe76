import { useEffect } from "react";

/** How long the page is left to its rows and to the first key, once the rows are there. */
const QUIET_MS = 250;
/** A run that sends no rows keeps nothing back for longer. */
const LONGEST_WAIT_MS = 3000;

let rowsAreThere: () => void = () => undefined;

/** Resolves when the first rows are painted and the page is quiet; at once on the server, where nothing is kept back. */
const firstRows: Promise<void> =
	typeof window === "undefined"
		? Promise.resolve()
		: new Promise((resolve) => {
				rowsAreThere = resolve;
				setTimeout(resolve, LONGEST_WAIT_MS);
			});

/** Loads a part that is in sight but can be done without until the rows are there. */
export async function afterFirstRows<T>(load: () => Promise<T>): Promise<T> {
	await firstRows;
	return load();
}

/** Says that the rows of the first screen are there, or that there are none. */
export function useFirstRows(areThere: boolean): void {
	useEffect(() => {
		if (!areThere) return;
		const timer = setTimeout(() => {
			if ("requestIdleCallback" in globalThis) requestIdleCallback(rowsAreThere, { timeout: LONGEST_WAIT_MS });
			else rowsAreThere();
		}, QUIET_MS);
		return () => clearTimeout(timer);
	}, [areThere]);
}
