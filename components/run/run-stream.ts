import type { Packet } from "@/lib/trajectory/packet";
import type { RunActions } from "./run-actions";
import { endsCatchUp, type RunStore } from "./run-store";

/** What the page says of its line to the server. `caughtUp` follows a loss that was long enough to be shown. */
export type Connection =
	| { kind: "opening" }
	| { kind: "open" }
	| { kind: "lost"; retryAt: number; tries: number }
	| { kind: "caughtUp"; events: number; fromCall: number; toCall: number }
	| { kind: "refused"; error: string };

type Doors = Pick<RunActions, "openStream" | "subscribe" | "closeStream">;
type Options = {
	doors: Doors;
	store: RunStore;
	/** Came with the page: the beginning of the run's past. Read once. */
	opening?: ReadableStream<Packet> | undefined;
	onChange(connection: Connection): void;
	/** The server was rebuilt and does not know this page's actions any more. */
	isOutdated(error: unknown): boolean;
	reload(): void;
};

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 2000;
/** The server pings every 15 s; silence longer than this is a dead line. */
const SILENCE_MS = 40_000;
/** A gap is asked about at most this often. */
const GAP_MS = 250;

const waitOf = (tries: number) => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));

/**
 * Follows one run until it has ended: one stream a page, opened again after every loss from the last event on. Returns
 * at once; `stop` closes the stream, `retry` ends a wait.
 */
export function followRun(options: Options): { stop(): void; retry(): void } {
	const abort = new AbortController();
	let wake: () => void = () => undefined;
	void keepFollowing(options, abort.signal, (setWake) => {
		wake = setWake;
	});
	return {
		stop: () => abort.abort(),
		retry: () => wake(),
	};
}

async function keepFollowing(options: Options, signal: AbortSignal, onWait: (wake: () => void) => void): Promise<void> {
	const { store, onChange } = options;
	let tries = 0;
	let lost: { seq: number; calls: number } | undefined;
	onChange({ kind: "opening" });
	if (await readOpening(options, signal)) {
		onChange({ kind: "open" });
		return;
	}
	while (!signal.aborted) {
		const end = await followOnce(options, signal, () => {
			onChange(lost && tries > 1 ? sinceLoss(store, lost) : { kind: "open" });
			tries = 0;
			lost = undefined;
		});
		if (signal.aborted || end.kind === "done") return;
		if (end.kind === "refused") {
			onChange(end);
			return;
		}
		if (end.kind === "ttl") continue;
		tries++;
		lost ??= { seq: store.newest.lastSeq, calls: store.newest.calls };
		const wait = waitOf(tries);
		onChange({ kind: "lost", retryAt: Date.now() + wait, tries });
		await pause(wait, signal, onWait);
	}
}

/** Takes in what came with the page; true when that was the whole of an ended run. A broken one is fetched anew. */
async function readOpening({ opening, store }: Options, signal: AbortSignal): Promise<boolean> {
	if (!opening || opening.locked) return false;
	const reader = opening.getReader();
	try {
		for (let next = await reader.read(); !next.done; next = await reader.read()) {
			if (signal.aborted) break;
			store.take(next.value);
		}
	} catch {
		return false;
	}
	return store.newest.state === "ended" && store.isCaughtUp;
}

function sinceLoss(store: RunStore, lost: { seq: number; calls: number }): Connection {
	const events = store.newest.lastSeq - lost.seq;
	return { kind: "caughtUp", events, fromCall: lost.calls + 1, toCall: store.newest.calls };
}

type Ended = { kind: "done" } | { kind: "ttl" } | { kind: "lost" } | { kind: "refused"; error: string };

async function followOnce(options: Options, signal: AbortSignal, onCaughtUp: () => void): Promise<Ended> {
	const { doors, store } = options;
	const viewerId = crypto.randomUUID();
	try {
		const opened = await doors.openStream(viewerId, store.runId, store.newest.lastSeq);
		if (!opened.ok) return { kind: "refused", error: opened.error };
		const reader = opened.stream.getReader();
		try {
			return await readAll({ options, viewerId, reader, signal, onCaughtUp });
		} finally {
			void reader.cancel().catch(ignored);
			void doors.closeStream(viewerId).catch(ignored);
		}
	} catch (error) {
		if (options.isOutdated(error)) options.reload();
		return { kind: "lost" };
	}
}

type Reading = {
	options: Options;
	viewerId: string;
	reader: ReadableStreamDefaultReader<Packet>;
	signal: AbortSignal;
	onCaughtUp: () => void;
};

async function readAll(reading: Reading): Promise<Ended> {
	const { store } = reading.options;
	const mend = mender(reading);
	let isCaughtUp = false;
	for (;;) {
		const packet = await nextWithin(reading.reader, reading.signal);
		if (packet === undefined) return { kind: "lost" };
		const end = endOf(packet);
		if (end) return end;
		if (store.take(packet) === "gap") mend();
		if (!isCaughtUp && endsCatchUp(packet)) {
			isCaughtUp = true;
			reading.onCaughtUp();
		}
		if (store.newest.state === "ended" && store.isCaughtUp) return { kind: "done" };
	}
}

function endOf(packet: Packet): Ended | undefined {
	if (packet.t === "error") return { kind: "refused", error: packet.message };
	return packet.t === "end" ? { kind: packet.reason === "ttl" ? "ttl" : "lost" } : undefined;
}

/** Asks for what a gap left out, but not for every packet of a burst. */
function mender({ options: { doors, store }, viewerId }: Reading): () => void {
	let askedAt = 0;
	return () => {
		if (Date.now() - askedAt < GAP_MS) return;
		askedAt = Date.now();
		void doors.subscribe(viewerId, store.runId, store.newest.lastSeq).catch(ignored);
	};
}

/** The next packet; undefined when the stream ended, was silent too long, or is not wanted any more. */
async function nextWithin(
	reader: ReadableStreamDefaultReader<Packet>,
	signal: AbortSignal,
): Promise<Packet | undefined> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let giveUp: () => void = ignored;
	const silence = new Promise<undefined>((resolve) => {
		giveUp = () => resolve(undefined);
		timer = setTimeout(giveUp, SILENCE_MS);
		signal.addEventListener("abort", giveUp);
		if (signal.aborted) giveUp();
	});
	try {
		return await Promise.race([reader.read().then(({ value }) => value), silence]);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener("abort", giveUp);
	}
}

async function pause(ms: number, signal: AbortSignal, onWait: (wake: () => void) => void): Promise<void> {
	await new Promise<void>((resolve) => {
		const timer = setTimeout(resolve, ms);
		const now = () => {
			clearTimeout(timer);
			resolve();
		};
		onWait(now);
		signal.addEventListener("abort", now, { once: true });
	});
}

/** What is left of a line that is already given up. */
const ignored = () => undefined;
