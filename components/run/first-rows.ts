import { useEffect } from "react";

/** How long the page is left to its rows and to the first key, once the rows are there. */
const QUIET_MS = 150;
/** A page that is never quiet keeps nothing back for longer than this, once the rows are there. */
const BUSY_MS = 1000;
/** Whatever becomes of the rows, nothing is kept back for longer. */
const LONGEST_WAIT_MS = 10_000;

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

/** Says that the rows of the first screen are there, or that nothing is to be waited for. */
export function useFirstRows(areThere: boolean): void {
	useEffect(() => {
		if (!areThere) return;
		const painted = requestAnimationFrame(() => requestAnimationFrame(whenQuiet));
		return () => cancelAnimationFrame(painted);
	}, [areThere]);
}

function whenQuiet(): void {
	setTimeout(() => {
		if ("requestIdleCallback" in globalThis) requestIdleCallback(rowsAreThere, { timeout: BUSY_MS });
		else rowsAreThere();
	}, QUIET_MS);
}
