import "server-only";
import type { Sqlite } from "../db/sqlite";
import { MAX_WAITING_BYTES } from "../trajectory/library-files";
import {
	INTAKE_STATES,
	type IntakeState,
	type Intakes,
	type LibraryIntake,
	type Skipped,
} from "../trajectory/library-view";

/** Without a sign for this long, whoever read a file is gone, and another reads it from its beginning. */
const LEASE_MS = 15_000;
/** Files that were taken in whole are forgotten after this long. */
const DONE_KEPT_MS = 600_000;
const MOST_SHOWN = 200;
const MOST_UNREAD = 50;

/** A file that was sent: its bytes are kept under its id. */
export type Sent = { id: string; collection: string; name: string; bytes: number };

/** Puts a file that was sent into the line. */
export function queueIntake(sqlite: Sqlite, { id, collection, name, bytes }: Sent): void {
	sqlite
		.prepare("insert into intakes (id, collection, name, bytes, state, created_at) values (?, ?, ?, ?, 'waiting', ?)")
		.run(id, collection, name, bytes, Date.now());
}

/** Whether another file of this size may be sent; those that wait and those that failed are kept on disk. */
export function hasRoom(sqlite: Sqlite, bytes: number): boolean {
	const held = sqlite
		.prepare<[], { bytes: number | null }>("select sum(bytes) as bytes from intakes where state <> 'added'")
		.get()?.bytes;
	return (held ?? 0) + bytes <= MAX_WAITING_BYTES;
}

/** The next file to read, taken for this process; undefined when none waits in a collection that is there. */
export function claimIntake(sqlite: Sqlite): Sent | undefined {
	const now = Date.now();
	sqlite.prepare("delete from intakes where state = 'added' and skipped = 0 and ended_at < ?").run(now - DONE_KEPT_MS);
	return sqlite
		.prepare<[number, number, number, number], Sent>(
			`update intakes set state = 'reading', owner = ?, beat_at = ?, read = 0 where id = (
			 select i.id from intakes i left join collections c on c.name = i.collection
			 where c.removed_at is null and (i.state = 'waiting' or (i.state = 'reading' and i.beat_at not between ? and ?))
			 order by i.created_at, i.rowid limit 1) returning id, collection, name, bytes`,
		)
		.get(process.pid, now, now - LEASE_MS, now + LEASE_MS);
}

/** Says that a file is still being read. False when somebody took it out of the line. */
export function beatIntake(sqlite: Sqlite, id: string, read?: number): boolean {
	const { changes } = sqlite
		.prepare("update intakes set beat_at = ?, read = coalesce(?, read) where id = ? and state = 'reading'")
		.run(Date.now(), read ?? null, id);
	return changes === 1;
}

/** Puts a file that failed back into the line. */
export function retryIntake(sqlite: Sqlite, id: string): boolean {
	const again = sqlite.transaction(() => {
		sqlite.prepare("delete from unread where intake = ?").run(id);
		return sqlite
			.prepare(
				"update intakes set state = 'waiting', why = '', read = 0, skipped = 0 where id = ? and state = 'failed'",
			)
			.run(id).changes;
	});
	return again.immediate() === 1;
}

/** What this process was reading waits again, so that the next one need not wait for its lease. */
export function releaseIntakes(sqlite: Sqlite): void {
	sqlite.prepare("update intakes set state = 'waiting' where state = 'reading' and owner = ?").run(process.pid);
}

/** Its collection was put away while it was read: it waits in case that is brought back. */
export function postponeIntake(sqlite: Sqlite, id: string): void {
	sqlite.prepare("update intakes set state = 'waiting' where id = ?").run(id);
}

type Ended = { id: string; read: number; why: string; skipped: readonly Skipped[] };

/** What became of a file; it failed when there is a reason. */
export function endIntake(sqlite: Sqlite, { id, read, why, skipped }: Ended): void {
	const end = sqlite.transaction(() => {
		const { changes } = sqlite
			.prepare("update intakes set state = ?, ended_at = ?, read = ?, skipped = ?, why = ? where id = ?")
			.run(why === "" ? "added" : "failed", Date.now(), read, skipped.length, why, id);
		if (changes === 0) return;
		const keep = sqlite.prepare("insert into unread (intake, path, why) values (?, ?, ?)");
		for (const { path, why: reason } of skipped.slice(0, MOST_UNREAD)) keep.run(id, path, reason);
	});
	end.immediate();
}

/** Takes files out of the line or off the list, those being read too; returns the ids of those that were there. */
export function dismissIntakes(sqlite: Sqlite, ids: readonly string[]): string[] {
	const drop = sqlite.prepare<[string], { id: string }>("delete from intakes where id = ? returning id");
	return ids.flatMap((id) => drop.get(id)?.id ?? []);
}

/** Ids of all files that were sent to a collection. */
export function intakesOf(sqlite: Sqlite, collection: string): string[] {
	return sqlite
		.prepare<[string], { id: string }>("select id from intakes where collection = ?")
		.all(collection)
		.map(({ id }) => id);
}

export const allIntakes = (sqlite: Sqlite): Set<string> =>
	new Set(
		sqlite
			.prepare<[], { id: string }>("select id from intakes")
			.all()
			.map(({ id }) => id),
	);

type IntakeRow = Omit<LibraryIntake, "unread">;

/** The line of files as a page shows it; those of a collection that was put away are left out. */
export function intakesNow(sqlite: Sqlite): Intakes {
	const shown = "from intakes left join collections c on c.name = collection where c.removed_at is null";
	const counts = sqlite
		.prepare<[], { state: IntakeState; n: number }>(`select state, count(*) as n ${shown} group by state`)
		.all();
	const rows = sqlite
		.prepare<[], IntakeRow>(
			`select id, collection, intakes.name as name, bytes, state, read, skipped, why ${shown}
			 order by case state when 'failed' then 0 when 'reading' then 1 when 'waiting' then 3 else iif(skipped > 0, 0, 2) end,
			 case when state = 'added' then -ended_at else intakes.created_at end limit ${MOST_SHOWN}`,
		)
		.all();
	const unread = sqlite.prepare<[string], Skipped>("select path, why from unread where intake = ?");
	return {
		counts: Object.fromEntries(
			INTAKE_STATES.map((state) => [state, counts.find((each) => each.state === state)?.n ?? 0]),
		) as Record<IntakeState, number>,
		shown: rows.map((row) => ({ ...row, unread: row.skipped > 0 ? unread.all(row.id) : [] })),
	};
}
