import { closeStore } from "../db/client";
import { readEvents } from "../db/events";
import { readPageNow } from "../db/pages";
import { readSummary } from "../db/runs";
import type { PublishPreview, RemovedExample, ShareChoice } from "../trajectory/snapshot";
import { type MadeSnapshot, type SnapshotMaking, snapshotOf } from "../trajectory/snapshot-of";

const MOST_EXAMPLES = 50;
const EXAMPLE_CHARS = 200;

/** A run to be frozen and redacted, in a thread of its own: a long one is half a second's work on 25 MB of text. */
export type SnapshotTask = { runId: string; choice: ShareChoice };

/** The run as it is now, up to event `seq`; undefined when it is not there. */
export type TakenSnapshot = MadeSnapshot & { seq: number };

/** A preview, and whether there is an answer that a report could show. */
export type TakenPreview = { preview: PublishPreview; hasReport: boolean };

export const take = (task: SnapshotTask): Promise<TakenSnapshot | undefined> =>
	taken(task, { pages: keptPages() }).finally(closeStore);

/** The same without the long texts: no page is read, and none leaves the thread. */
export async function takeBare(task: SnapshotTask): Promise<TakenSnapshot | undefined> {
	const made = await taken(task, { pages: () => undefined }).finally(closeStore);
	return made && { ...made, parts: new Map() };
}

/** What `take` would show and take out; only that leaves the thread. */
export async function preview(task: SnapshotTask): Promise<TakenPreview | undefined> {
	const { examples, onRemoved } = collected();
	const made = await taken(task, { pages: keptPages(), onRemoved }).finally(closeStore);
	if (!made) return;
	const { snapshot, parts } = made;
	let bytes = Buffer.byteLength(JSON.stringify(snapshot));
	for (const text of parts.values()) bytes += Buffer.byteLength(text);
	const pages = [...parts.keys()].filter((name) => name.startsWith("page/")).length;
	const calls = task.choice.scope === "trajectory" ? snapshot.calls : 0;
	const { redacted: counts, endedAt, report } = snapshot;
	return {
		preview: { counts, examples, bytes, calls, pages, isOver: endedAt !== undefined },
		hasReport: report !== undefined,
	};
}

type OnRemoved = NonNullable<SnapshotMaking["onRemoved"]>;

async function taken(
	{ runId, choice }: SnapshotTask,
	given: Pick<SnapshotMaking, "pages" | "onRemoved">,
): Promise<TakenSnapshot | undefined> {
	const summary = await readSummary(runId);
	if (!summary) return;
	const events = await readEvents(runId);
	const made = snapshotOf({ events, summary, ...choice, takenAt: Date.now(), ...given });
	return { ...made, seq: events.at(-1)?.seq ?? 0 };
}

/** The stored pages, each read once. */
function keptPages(): SnapshotMaking["pages"] {
	const read = new Map<string, string | undefined>();
	return (hash) => {
		if (!read.has(hash)) read.set(hash, readPageNow(hash));
		return read.get(hash);
	};
}

/** The first of what is taken out, of each kind. */
function collected(): { examples: PublishPreview["examples"]; onRemoved: OnRemoved } {
	const examples: PublishPreview["examples"] = { keys: [], emails: [], paths: [], addresses: [], words: [] };
	const known = new Map<string, RemovedExample>();
	const onRemoved: OnRemoved = ({ kind, text, marker, place }) => {
		const example = known.get(marker);
		if (example) example.times++;
		else if (examples[kind].length < MOST_EXAMPLES) {
			const first = { text: text.slice(0, EXAMPLE_CHARS), marker, times: 1, place };
			known.set(marker, first);
			examples[kind].push(first);
		}
	};
	return { examples, onRemoved };
}
