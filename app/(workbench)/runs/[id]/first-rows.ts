import "server-only";
import type { Look } from "@/components/run/look-query";
import { type RunPlace, rowOfPlace } from "@/components/run/place";
import { isOpen } from "@/components/run/row-filter";
import { foldOf } from "@/lib/runner/folds";
import { type FirstRows, firstRowsOf } from "@/lib/trajectory/first-rows";
import type { RunSummary } from "@/lib/trajectory/packet";

/**
 * The rows a page opens at, of a run that is over and whose timeline is shown row by row. Undefined where the page makes
 * its list of something else, and where they would keep it waiting.
 */
export async function firstRowsAt(run: RunSummary, place: RunPlace, look: Look): Promise<FirstRows | undefined> {
	const isPlain = place.tab === "timeline" && place.at === undefined && look.find === "" && !look.isGrouped;
	if (run.state !== "ended" || !isPlain || !isOpen(look.filter)) return undefined;
	const view = await foldOf(run);
	if (view?.state !== "ended" || view.parent) return undefined;
	return firstRowsOf(view, rowOfPlace(view.rows, place));
}
