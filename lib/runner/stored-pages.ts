import "server-only";
import type { Tool, ToolContext } from "../agent/tool";
import { storePage, storePageOf } from "../db/pages";
import { env } from "../env";

/**
 * Where the pages of a run are stored. When its room is full, the call whose page pushed others out says so in its
 * summary, which stands in the timeline.
 */
export function storedPages(runId: string | undefined): {
	store: ToolContext["storeBody"];
	telling(tools: readonly Tool[]): Tool[];
} {
	const { PAGES_MB_PER_RUN } = env();
	let dropped = 0;
	return {
		store: async (text, url) => {
			if (runId === undefined) return storePage(text);
			const stored = await storePageOf({ runId, url, text, maxBytes: PAGES_MB_PER_RUN * 1_000_000 });
			dropped += stored.dropped;
			return stored.hash;
		},
		telling: (tools) =>
			tools.map((tool) => ({
				...tool,
				run: async (args, context) => {
					dropped = 0;
					const outcome = await tool.run(args, context);
					return dropped === 0 ? outcome : { ...outcome, summary: `${outcome.summary}; ${gone(dropped)}` };
				},
			})),
	};
}

const gone = (pages: number): string =>
	`the text of ${pages === 1 ? "the oldest page" : `the ${pages} oldest pages`} is no longer kept (PAGES_MB_PER_RUN)`;
