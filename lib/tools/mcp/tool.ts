import "server-only";
import type { Progress } from "@modelcontextprotocol/sdk/types.js";
import { defineTool, type Tool } from "../../agent/tool";
import type { ToolSpec } from "../../trajectory/settings";
import { asData } from "../../web/untrusted";
import { type McpConnection, McpFault } from "./connection";
import { changeOf } from "./listing";
import { outcomeOf } from "./outcome";
import { inputOf } from "./schema";

const PROGRESS_MS = 150;
const MOST_PROGRESS = 200;

/** A tool of an MCP server as a run was told of it when it began; one that its server changed since is not called. */
export function mcpTool(spec: ToolSpec, connection: () => McpConnection): Tool {
	return defineTool({
		spec,
		input: inputOf(spec.schema),
		run: async (args, { signal, progress, storeBody, keepFile }) => {
			const server = connection();
			const change = changeOf(spec, await server.listing(signal));
			if (change !== undefined) throw new McpFault(change);
			const onProgress = seldom((step) => progress(server.withoutSecrets(progressText(step))));
			const result = await server.call(spec.mcp ?? spec.name, args as Record<string, unknown>, { signal, onProgress });
			const outcome = await outcomeOf(result, {
				keepFile,
				storeBody: (text, url) => storeBody(server.withoutSecrets(text), url),
			});
			return { ...outcome, text: server.withoutSecrets(outcome.text), summary: server.withoutSecrets(outcome.summary) };
		},
	});
}

/** Calls `tell` at most every 150 ms: a server may report as often as it likes. */
function seldom(tell: (progress: Progress) => void): (progress: Progress) => void {
	let told = Number.NEGATIVE_INFINITY;
	return (step) => {
		if (performance.now() - told < PROGRESS_MS) return;
		told = performance.now();
		tell(step);
	};
}

function progressText({ progress, total, message }: Progress): string {
	const count = total === undefined ? String(progress) : `${progress} / ${total}`;
	return asData([count, message].filter(Boolean).join(" · ")).slice(0, MOST_PROGRESS);
}
