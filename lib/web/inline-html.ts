import "server-only";
import { parseHTML } from "linkedom";
import { asData } from "./untrusted";

/** Longest fragment that is taken apart, characters. */
const MAX_FRAGMENT = 20_000;

/** The text of a fragment such as a search result's snippet: without tags, entities decoded, as data, on one line. */
export function inlineText(fragment: string): string {
	const part = fragment.slice(0, MAX_FRAGMENT);
	const text = /[<&]/.test(part)
		? (parseHTML(`<!doctype html><html><body>${part}</body></html>`).document.body?.textContent ?? "")
		: part;
	return asData(text).replace(/\s+/g, " ").trim();
}
