import type { Route } from "next";

/** Where two runs are compared; without the second, where it is chosen. */
export function compareHref(a: string, b?: string): Route {
	const query = new URLSearchParams({ a, ...(b !== undefined && { b }) });
	return `/compare?${query}`;
}
