import "server-only";
import { resolve } from "node:path";
import { z } from "zod";

const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));
const address = z.url({
	protocol: /^https?$/,
	error: "must be an http(s) address, for example http://127.0.0.1:8000/v1",
});
const count = z.coerce.number({ error: "must be a whole number" }).int().min(1);

/** Every environment variable the product reads. Settings stored later may add to them; the environment wins. */
const envSchema = z.object({
	DATA_DIR: z
		.string()
		.default("data")
		.transform((path) => resolve(path)),
	HOST: z.string().default("127.0.0.1"),
	PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
	LLM_BASE_URL: address.optional(),
	LLM_MODEL: z.string().optional(),
	LLM_API_KEY: z.string().optional(),
	LLM_PROTOCOL: z.enum(["auto", "mirothinker", "native"]).default("auto"),
	LLM_CONTEXT: count.optional(),
	EXTRACT_LLM_BASE_URL: address.optional(),
	EXTRACT_LLM_MODEL: z.string().optional(),
	EXTRACT_LLM_API_KEY: z.string().optional(),
	OPENAI_API_KEY: z.string().optional(),
	OPENAI_MODEL: z.string().optional(),
	SEARXNG_URL: address.optional(),
	BLOCKED_HOSTS: list.default(["huggingface.co/datasets", "huggingface.co/spaces", "unifuncs.com"]),
	/** host:port pairs that the reader may reach although their addresses are private. */
	READ_PRIVATE_HOSTS: list.default([]),
	MAX_PARALLEL_RUNS: count.default(4),
	PROMPTS_DIR: z.string().optional(),
});

export type Env = z.infer<typeof envSchema>;

let parsed: Env | undefined;

/** The settings, read once. Throws a `ZodError` whose issues name the variable. An empty variable counts as unset. */
export function env(): Env {
	parsed ??= envSchema.parse(Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== "")));
	return parsed;
}
