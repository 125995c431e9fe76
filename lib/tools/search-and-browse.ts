import "server-only";
import { z } from "zod";
import { defineTool } from "../agent/tool";

/** Hands a subtask to a sub-agent, which searches and reads in a context of its own (spec §1.11). */
export const searchAndBrowse = defineTool({
	spec: {
		server: "agent-browsing",
		name: "search_and_browse",
		description:
			"Ask a sub-agent to find something out. It searches and reads with tools of its own and comes back with a report of what it found, with sources; it knows nothing of your task but what you write here. Give it one self-contained subtask: what exactly to find, the names and dates that are known, and what the answer should hold.",
		schema: {
			type: "object",
			properties: { subtask: { title: "Subtask", type: "string" } },
			required: ["subtask"],
			title: "search_and_browseArguments",
		},
	},
	input: z.object({
		subtask: z.string().trim().min(1, "must not be empty").max(20_000, "has more than 20,000 characters"),
	}),
	duplicateKey: ({ subtask }) => `search_and_browse_${String(subtask)}`,
	run: async ({ subtask }, { subAgent }) => {
		if (subAgent) return subAgent(subtask);
		const problem = "A sub-agent cannot ask another one.";
		return { status: "error", text: problem, summary: problem, sources: [] };
	},
});
