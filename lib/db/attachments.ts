import "server-only";
import { store } from "./client";

/**
 * What runs name in their first event, deleted ones that can still be brought back among them: ids of attached files,
 * and the collections they read.
 */
export async function attachmentsInUse(): Promise<Set<string>> {
	const first = "from runs join events on events.run_id = runs.id and events.seq = 1";
	const named = store().$client.prepare<[], { name: string }>(
		`select json_extract(file.value, '$.id') as name ${first}, json_each(events.json, '$.attachments') as file
		 union select shelf.value as name ${first}, json_each(events.json, '$.settings.collections') as shelf`,
	);
	return new Set(named.all().map(({ name }) => name));
}
