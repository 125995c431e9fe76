import "server-only";
import { readEvents } from "../db/events";
import { readPage } from "../db/pages";
import { readSummary } from "../db/runs";
import { createShare } from "../db/shares";
import { env } from "../env";
import type { RunEvent } from "../trajectory/event";
import { reportOf } from "../trajectory/report";
import type { PublishPreview, RemovedExample, ShareChoice } from "../trajectory/snapshot";
import { type MadeSnapshot, snapshotOf } from "../trajectory/snapshot-of";
import { viewOf } from "../trajectory/view";

const MOST_EXAMPLES = 50;
const EXAMPLE_CHARS = 200;

/** Why a run cannot be shared: it is not there, or has no answer that a report could show. */
type ShareRefusal = { ok: false; why: "noRun" | "noReport" };

/** Where links are reached from outside, when there is such a place (SHARE_ORIGIN). */
export const shareOrigin = (): string | undefined => env().SHARE_ORIGIN;

/** What a link to the run as it is now would show and hide; nothing is kept. */
export async function previewShare(
	runId: string,
	wanted: ShareChoice,
): Promise<{ ok: true; preview: PublishPreview } | ShareRefusal> {
	const examples: PublishPreview["examples"] = { keys: [], emails: [], paths: [], addresses: [], words: [] };
	const known = new Map<string, RemovedExample>();
	const made = await takeSnapshot(runId, wanted, ({ kind, text, marker, place }) => {
		const example = known.get(marker);
		if (example) example.times++;
		else if (examples[kind].length < MOST_EXAMPLES) {
			const first = { text: text.slice(0, EXAMPLE_CHARS), marker, times: 1, place };
			known.set(marker, first);
			examples[kind].push(first);
		}
	});
	if (!made.ok) return made;
	const { snapshot, parts } = made;
	let bytes = Buffer.byteLength(JSON.stringify(snapshot));
	for (const text of parts.values()) bytes += Buffer.byteLength(text);
	const pages = [...parts.keys()].filter((name) => name.startsWith("page/")).length;
	const { redacted: counts, endedAt } = snapshot;
	const calls = wanted.scope === "trajectory" ? snapshot.calls : 0;
	return { ok: true, preview: { counts, examples, bytes, calls, pages, isOver: endedAt !== undefined } };
}

/** Freezes the run as it is now under a new link. `expiresAt` is epoch ms; without it the link does not expire. */
export async function publishShare(
	runId: string,
	{ expiresAt, ...wanted }: ShareChoice & { expiresAt?: number },
): Promise<{ ok: true; token: string; id: string } | ShareRefusal> {
	const made = await takeSnapshot(runId, wanted);
	if (!made.ok) return made;
	const { snapshot, parts, seq } = made;
	return {
		ok: true,
		...(await createShare({ runId, snapshot, parts, seq, ...(expiresAt !== undefined && { expiresAt }) })),
	};
}

/** The run as it is now, frozen and redacted, up to event `seq`; nothing is kept. */
export async function takeSnapshot(
	runId: string,
	{ scope, rules }: ShareChoice,
	onRemoved?: Parameters<typeof snapshotOf>[0]["onRemoved"],
): Promise<({ ok: true; seq: number } & MadeSnapshot) | ShareRefusal> {
	const summary = await readSummary(runId);
	if (!summary) return { ok: false, why: "noRun" };
	const events = await readEvents(runId);
	if (scope === "report" && !reportOf(viewOf(events))) return { ok: false, why: "noReport" };
	const pages = scope === "report" ? new Map<string, string>() : await pagesOf(events);
	const made = snapshotOf({
		events,
		summary,
		pages: (hash) => pages.get(hash),
		scope,
		rules,
		takenAt: Date.now(),
		...(onRemoved && { onRemoved }),
	});
	return { ok: true, seq: events.at(-1)?.seq ?? 0, ...made };
}

/** Every page that the run read and that was kept, by hash. */
async function pagesOf(events: readonly RunEvent[]): Promise<Map<string, string>> {
	const pages = new Map<string, string>();
	for (const event of events) {
		if (event.type !== "tool.returned") continue;
		for (const { hash } of event.sources) {
			if (hash === undefined || pages.has(hash)) continue;
			const text = await readPage(hash);
			if (text !== undefined) pages.set(hash, text);
		}
	}
	return pages;
}
