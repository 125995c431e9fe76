import type { RunSummary } from "@/lib/trajectory/packet";
import type { LoadRuns, TagCount } from "./runs-page";

type Refused = { ok: false; error: string };

/** One change to several runs. */
export type RunsEdit =
	| { kind: "rename"; title: string }
	| { kind: "tag"; tag: string; isOn: boolean }
	| { kind: "archive"; archived: boolean };

/** The server actions of the list of runs. */
export type RunsActions = {
	edit(runIds: string[], edit: RunsEdit): Promise<{ ok: true } | Refused>;
	/** Stops those that go on and takes all off the list; they can be brought back for 10 s. */
	remove(runIds: string[]): Promise<{ ok: true } | Refused>;
	restore(runIds: string[]): Promise<{ ok: true; restored: number } | Refused>;
};

/** All doors of the list to the server. */
export type RunsDoors = RunsActions & { load: LoadRuns; loadTags(): Promise<TagCount[]> };

/** What can be done with runs of the list: one from its menu, several once they are selected. */
export type RunsDeeds = {
	archive(runs: readonly RunSummary[], archived: boolean): void;
	remove(runs: readonly RunSummary[]): void;
	tag(runs: readonly RunSummary[]): void;
	rename(run: RunSummary): void;
};
