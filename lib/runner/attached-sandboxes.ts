import "server-only";
import { basename } from "node:path";
import type { Sandboxes } from "../agent/tool";
import { layOut } from "../sandbox/sandboxes";
import type { Attachment } from "../trajectory/event";
import { bytesOf } from "./attachment-files";

/** The sandboxes of a run whose question has files: they stand in the main one before its first call, and can be put into others. */
export function withAttachments(sandboxes: Sandboxes, runId: string, attachments: readonly Attachment[]): Sandboxes {
	if (attachments.length === 0) return sandboxes;
	return {
		...sandboxes,
		python: async (code, id) => {
			if (id === "main") await layAll(runId, attachments);
			return sandboxes.python(code, id);
		},
		command: async (command, id) => {
			if (id === "main") await layAll(runId, attachments);
			return sandboxes.command(command, id);
		},
		find: async (name) => {
			const own = attachments.find((file) => file.name === basename(name));
			return (await sandboxes.find(name)) ?? (own && (await bytesOf(own.id)));
		},
	};
}

async function layAll(runId: string, attachments: readonly Attachment[]): Promise<void> {
	for (const { id, name } of attachments) {
		const bytes = await bytesOf(id);
		if (bytes) await layOut(runId, name, bytes);
	}
}
