import { z } from "zod";
import { sitesSchema } from "./settings";
import { isVisible, typed } from "./typed";

/** What a person may set when asking; the server checks it again. Errors name the field and the limit. */
export const askInputSchema = z.object({
	question: typed()
		.min(3, "The question needs at least 3 characters.")
		.max(20_000, "The question may have at most 20,000 characters. Shorten it, or add the long text to the library.")
		.refine(isVisible, "The question shows no letter. Write it out."),
	preset: z.string().optional(),
	answerMode: z.enum(["report", "boxed"]).default("report"),
	plan: typed()
		.max(10_000, "The plan may have at most 10,000 characters. Keep the steps short; the model fills them in.")
		.optional(),
	collections: z.array(z.string()).optional(),
	/** Ids of files that were sent for this question. */
	attachments: z.array(z.string()).optional(),
	/** The only sites of the web that the run may show and read; none: all. */
	onlySites: sitesSchema.optional(),
	/** Sites that the run keeps away from. */
	neverSites: sitesSchema.optional(),
	/** Names of the MCP servers whose tools it may use; absent: as the preset does. */
	mcp: z.array(z.string()).optional(),
	/** Whether it may hand subtasks to sub-agents. */
	subAgents: z.boolean().optional(),
	/** Names of tools the run goes without; one of an MCP server may be called `server__tool`, whatever the run calls it. */
	withoutTools: z.array(z.string()).max(500, "At most 500 tools.").optional(),
	/** Names, as above, of tools whose calls wait for a person's word; without it, what `APPROVAL_TOOLS` says. */
	approval: z.array(z.string()).max(500, "At most 500 tools.").optional(),
	maxCalls: z
		.int("Calls are a whole number.")
		.min(1, "At least 1 call.")
		.max(50_000, "At most 50,000 calls.")
		.optional(),
});

export type AskInput = z.input<typeof askInputSchema>;
export type AskResult = { ok: true; runId: string } | { ok: false; field: string; message: string };

/** The tools that an MCP server offers now, by their own names, and whether each asks first whatever is chosen. */
export type McpToolsRead = { ok: true; tools: { name: string; asks: boolean }[] } | { ok: false; why: string };

export const planInputSchema = askInputSchema.pick({ question: true, preset: true, attachments: true });
export type PlanInput = z.input<typeof planInputSchema>;
