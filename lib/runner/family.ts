import "server-only";
import { readEvents } from "../db/events";
import { childrenOf, readSummary } from "../db/runs";
import type { Family, Kin } from "../trajectory/family";
import type { RunSummary } from "../trajectory/packet";

/** Generations that are shown; a fork of forks may have more. */
const DEEPEST = 20;

/** The runs a run came from and those that came from it, deleted ones left out. Undefined when there is no such run. */
export async function familyOf(runId: string): Promise<Family | undefined> {
	const own = await readSummary(runId);
	if (!own) return undefined;
	const ancestors: Kin[] = [];
	let { parent } = own;
	while (parent && ancestors.length < DEEPEST) {
		const run = await readSummary(parent.runId);
		if (!run) break;
		ancestors.unshift(await kinOf(run));
		parent = run.parent;
	}
	const siblings = own.parent ? (await childrenOf(own.parent.runId)).filter(({ id }) => id !== runId) : [];
	const children = await childrenOf(runId);
	return {
		ancestors,
		siblings: await Promise.all(siblings.map(kinOf)),
		children: await Promise.all(children.map(kinOf)),
	};
}

async function kinOf(run: RunSummary): Promise<Kin> {
	const [forked] = run.parent ? await readEvents(run.id, run.parent.seq, 1) : [];
	if (forked?.type !== "run.forked") return { run, changes: [] };
	const { changes, followUp } = forked;
	return { run, changes, ...(followUp !== undefined && { followUp }) };
}
