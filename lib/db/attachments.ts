import "server-only";
import { type Attachment, attachmentSchema } from "../trajectory/event";
import { store } from "./client";
import { lineageOf } from "./lineage";

/** Where questions with files are put: the first event of a run, and those that put a further question to its thread. */
const ASKING = "(events.seq = 1 or events.type = 'run.forked')";

/**
 * What runs name, deleted ones that can still be brought back among them: ids of attached files, and the collections they
 * read.
 */
export async function attachmentsInUse(): Promise<Set<string>> {
	const files = "json_each(events.json, '$.attachments') as file";
	const first = "from runs join events on events.run_id = runs.id and events.seq = 1";
	const named = store().$client.prepare<[], { name: string }>(
		`select json_extract(file.value, '$.id') as name ${first}, ${files}
		 union select json_extract(file.value, '$.id') as name from events indexed by events_forked, ${files}
		 where events.type = 'run.forked'
		 union select shelf.value as name ${first}, json_each(events.json, '$.settings.collections') as shelf`,
	);
	return new Set(named.all().map(({ name }) => name));
}

/** The files of a run and of the questions its thread asked before, in the order they came. */
export async function attachmentsOfRun(runId: string): Promise<Attachment[]> {
	const files = store().$client.prepare<[string, number, number], { file: string }>(
		`select file.value as file from events, json_each(events.json, '$.attachments') as file
		 where run_id = ? and seq between ? and ? and ${ASKING} order by seq, file.key`,
	);
	return lineageOf(runId).flatMap((part) =>
		files.all(part.runId, part.from, part.to).map(({ file }) => attachmentSchema.parse(JSON.parse(file))),
	);
}
