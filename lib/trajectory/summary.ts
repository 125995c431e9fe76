import type { RunSummary } from "./packet";
import type { RunView } from "./view";

/** The row of the list of runs: a cache of the fold. */
export function summaryOf(view: RunView, createdAt: number): RunSummary {
	const label = view.remarks.labels.get(0);
	return {
		id: view.runId,
		title: view.title,
		question: view.question,
		preset: view.settings?.preset ?? "",
		model: view.settings?.model.id ?? "",
		answerMode: view.settings?.answerMode ?? "report",
		state: view.state,
		...(view.outcome !== undefined && { outcome: view.outcome }),
		detail: view.detail,
		calls: view.calls,
		budget: view.settings?.limits.calls ?? 0,
		turns: view.turns,
		sources: view.sources.size,
		createdAt,
		...(view.endedAt !== undefined && { endedAt: view.endedAt }),
		line: view.line,
		...(view.parent !== undefined && { parent: view.parent }),
		...(view.spawnedBy !== undefined && { spawnedBy: view.spawnedBy }),
		tags: view.tags,
		archived: view.archived,
		notes: view.remarks.count,
		...(label !== undefined && { label }),
	};
}
