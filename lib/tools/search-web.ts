import "server-only";
import type { ToolContext, ToolOutcome, WebQuery } from "../agent/tool";
import { isOutOfBounds } from "../web/site-bounds";
import { fromWeb, type Organic, type WebFound } from "./results";

/** A query as a tool has read it: absent arguments may stand as undefined. */
export type WebAsked = { [Name in keyof Omit<WebQuery, "sites">]: WebQuery[Name] | undefined } & Pick<
	WebQuery,
	"q" | "num" | "page"
>;

export const UNQUOTED_NOTE = "Nothing was found with the quotation marks; this is the search without them.";
export const unquoted = (q: string): string => q.replaceAll('"', " ").replace(/\s+/g, " ").trim();

/** Asks all providers; what lies outside the run's bounds is left out and counted in a note. */
export async function searchWeb(
	asked: WebAsked,
	{ webSearch, signal, ...bounds }: ToolContext,
): Promise<WebFound & { lists: Organic[][] }> {
	if (!webSearch) return { lists: [], notes: [], failed: [], providers: [] };
	const { allowedHosts } = bounds;
	const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined && value !== ""));
	const query = { ...given, ...(allowedHosts.length > 0 && { sites: allowedHosts }) } as WebQuery;
	const { lists, notes, failed } = await webSearch.search(query, signal);
	const organic = lists.map(({ hits }) => hits.map(fromWeb));
	const kept = organic.map((list) => list.filter(({ link }) => !isOutOfBounds(link, bounds)));
	const left = count(organic) - count(kept);
	return {
		lists: kept,
		notes: left > 0 && allowedHosts.length > 0 ? [...notes, boundsNote(left, allowedHosts)] : notes,
		failed,
		providers: lists.filter((_, at) => (kept[at] ?? []).length > 0).map(({ provider }) => provider),
	};
}

const count = (lists: readonly Organic[][]): number => lists.reduce((sum, list) => sum + list.length, 0);

const boundsNote = (left: number, sites: readonly string[]): string =>
	`Results of other sites were left out: ${left}. This run searches the web at ${sites.join(", ")} only.`;

/** The failure of a search that nobody answered; undefined when somebody did, or there was nobody to ask. */
export function allFailed({ failed, notes, lists }: WebFound & { lists: Organic[][] }): ToolOutcome | undefined {
	if (failed.length === 0 || lists.length > 0) return undefined;
	const problems = failed.map(({ message }) => message).join(" ");
	return { status: "error", text: [problems, ...notes].join(" "), summary: problems, sources: [] };
}
