import "server-only";
import type { Look } from "@/components/run/look-query";
import { type RunPlace, rowOfPlace } from "@/components/run/place";
import { isOpen } from "@/components/run/row-filter";
import { foldOf } from "@/lib/runner/folds";
import { type FirstRows, firstRowsOf } from "@/lib/trajectory/first-rows";
import type { RunSummary } from "@/lib/trajectory/packet";

/** A run that goes on and is no longer than this is as soon there whole, and what is being written with it. */
const SHORT_ROWS = 60;

/**
 * The rows a page opens at, of a run whose timeline is shown row by row. Undefined where the page makes its list of
 * something else, and where they would keep it waiting.
 */
export async function firstRowsAt(run: RunSummary, place: RunPlace, look: Look): Promise<FirstRows | undefined> {
	const isPlain = place.tab === "timeline" && place.at === undefined && look.find === "" && !look.isGrouped;
	if (!isPlain || !isOpen(look.filter)) return undefined;
	const view = await foldOf(run);
	if (!view || (view.state !== "ended" && view.rows.length <= SHORT_ROWS)) return undefined;
	return firstRowsOf(view, rowOfPlace(view.rows, place), look.isPastOpen);
}
