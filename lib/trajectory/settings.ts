import { z } from "zod";
import { siteOf } from "./site-names";

/** How many past tool results the model still sees (see `context.ts`; MiroThinker calls it recency retention). */
export const retentionSchema = z.discriminatedUnion("policy", [
	z.object({ policy: z.literal("keep-all") }),
	z.object({ policy: z.literal("keep-last"), k: z.int().min(0) }),
	z.object({ policy: z.literal("keep-last-batched"), k: z.int().min(0), batch: z.int().min(1) }),
]);

/** A tool as the model is told of it; frozen when the run starts. `schema` is JSON Schema. */
const toolSpecSchema = z.object({
	server: z.string(),
	name: z.string(),
	description: z.string(),
	schema: z.record(z.string(), z.unknown()),
	/** The tool's own name at the MCP server `server`; absent for tools of ours. */
	mcp: z.string().optional(),
});

/** Sampling parameters in the server's own names; an absent one is not sent. */
const samplingSchema = z.object({
	temperature: z.number().optional(),
	top_p: z.number().optional(),
	top_k: z.number().optional(),
	min_p: z.number().optional(),
	repetition_penalty: z.number().optional(),
	max_tokens: z.int().optional(),
});

/** What ends a run before the model does. `calls` counts tool calls that stayed (rolled-back ones do not count). */
const limitsSchema = z.object({
	turns: z.int().min(1),
	calls: z.int().min(1),
	tokens: z.int().min(1).optional(),
	seconds: z.number().positive().optional(),
});

const MAX_SITES = 50;

/** The sites of one run: every entry checked and in one spelling, each once. */
export const sitesSchema = z
	.array(z.string())
	.max(MAX_SITES, `At most ${MAX_SITES} sites.`)
	.transform((written, refinement) => {
		const sites = written.map((entry) => siteOf(entry) ?? { entry });
		const wrong = sites.find((site) => typeof site !== "string");
		if (wrong === undefined) return [...new Set(sites as string[])];
		refinement.addIssue({ code: "custom", message: wrongSite(wrong.entry) });
		return z.NEVER;
	});

const wrongSite = (entry: string): string =>
	`"${entry.slice(0, 80)}" is no site. Write it like example.org or example.org/path.`;

/**
 * Everything that shapes a run, frozen into `run.started`: with the events it reproduces each request byte by byte.
 * `rules` names the family of guard and summary rules (reference: MiroThinker, or ours where upstream has a defect).
 */
export const runSettingsSchema = z.object({
	preset: z.string(),
	rules: z.enum(["mirothinker", "generic"]),
	protocol: z.enum(["mirothinker", "native"]),
	model: z.object({ provider: z.enum(["openai-compatible", "openai", "extractive", "replay"]), id: z.string() }),
	sampling: samplingSchema,
	contextTokens: z.int().min(1),
	retention: retentionSchema,
	restarts: z.int().min(0),
	failureSummary: z.boolean(),
	answerMode: z.enum(["report", "boxed"]),
	limits: limitsSchema,
	tools: z.array(toolSpecSchema),
	collections: z.array(z.string()),
	blockedHosts: z.array(z.string()),
	/** Sites a person bound this run to (`only`; none: the whole web) and those it keeps away from, beside `blockedHosts`. */
	sites: z.object({ only: z.array(z.string()), never: z.array(z.string()) }).optional(),
	/** Names of tools whose calls wait for a person's word; absent when none does. */
	approval: z.array(z.string()).optional(),
	/** The run whose recorded results answer calls that are the same; other calls run. */
	recordedFrom: z.string().optional(),
	/** Texts as sent: the system prompt already holds the tools and the date (captured once, so midnight changes nothing). */
	prompts: z.object({
		system: z.string(),
		taskSuffix: z.string(),
		answer: z.string(),
		failureSummary: z.string(),
		failurePrefill: z.string(),
	}),
	date: z.string(),
	/** The version of Soundings that made them; absent in runs of the first ones. */
	product: z.string().optional(),
});

export type Retention = z.infer<typeof retentionSchema>;
export type ToolSpec = z.infer<typeof toolSpecSchema>;
export type Sampling = z.infer<typeof samplingSchema>;
export type RunSettings = z.infer<typeof runSettingsSchema>;
