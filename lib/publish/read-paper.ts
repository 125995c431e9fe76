import "server-only";
import { readEvents } from "../db/events";
import { readPage } from "../db/pages";
import type { RunSummary } from "../trajectory/packet";
import { reportOf } from "../trajectory/report";
import type { SnapshotPart, SnapshotSource } from "../trajectory/snapshot";
import { type RunView, viewOf } from "../trajectory/view";
import type { Paper, PaperWords } from "./paper";

/**
 * A run as its owner takes it along, nothing taken out; with `pages`, also the cited pages as they were read. Undefined
 * while there is no answer.
 */
export async function readPaper(run: RunSummary, words: PaperWords, pages: boolean): Promise<Paper | undefined> {
	const view = viewOf(await readEvents(run.id));
	const report = reportOf(view);
	if (!report) return undefined;
	const parts = new Map<SnapshotPart, string>();
	const sources: SnapshotSource[] = [];
	for (const { n, url, title } of report.citations) {
		const text = pages ? await pageOf(view, url) : undefined;
		const part: SnapshotPart = `page/${n}`;
		if (text !== undefined) parts.set(part, text);
		const { date, firstCall = 0 } = view.sources.get(url) ?? {};
		sources.push({ n, url, title, firstCall, ...(date && { date }), ...(text !== undefined && { part }) });
	}
	const boxed = view.answer?.boxed;
	const { title, question } = run;
	const answer = { ...report, ...(boxed !== undefined && { boxed }) };
	const outcome = view.outcome === undefined ? {} : { outcome: view.outcome };
	return { words, parts, snapshot: { title, question, ...outcome, report: answer, sources } };
}

async function pageOf(view: RunView, url: string): Promise<string | undefined> {
	const hash = view.sources.get(url)?.hash;
	return hash === undefined ? undefined : readPage(hash);
}
