import { z } from "zod";

/** Servers of ours: an MCP server of such a name would be told to the model under the same heading. */
const RESERVED = ["soundings", "search_and_scrape_webpage", "jina_scrape_llm_summary", "tool-python", "agent-browsing"];

const name = z
	.string()
	.regex(/^[A-Za-z0-9_-]{1,32}$/, "is no name of letters, digits, - and _, at most 32 of them")
	.refine((given) => !RESERVED.includes(given), "is the name of a server of Soundings itself");

const common = {
	disabled: z.boolean().optional(),
	/** How long a call may be silent. Progress begins the time anew. */
	timeoutSeconds: z.number().min(1).max(3600).default(60),
};

const stdioSchema = z.strictObject({
	type: z.literal("stdio").default("stdio"),
	command: z.string().min(1),
	args: z.array(z.string()).default([]),
	env: z.record(z.string(), z.string()).default({}),
	cwd: z.string().optional(),
	...common,
});

const httpSchema = z.strictObject({
	type: z
		.enum(["http", "streamable-http"], {
			error: "is none of http, streamable-http; the older sse transport is not spoken",
		})
		.default("http"),
	url: z.url({ protocol: /^https?$/, error: "is not an http(s) address" }),
	headers: z.record(z.string(), z.string()).default({}),
	...common,
});

const fileSchema = z.strictObject({ mcpServers: z.record(z.string(), z.unknown()) });

/** `secrets` are the values that came from the environment: never to be shown. */
export type McpServer = { name: string; secrets: string[] } & (
	| z.output<typeof stdioSchema>
	| z.output<typeof httpSchema>
);
/** `server` is absent when the whole file is wrong. */
export type McpProblem = { server?: string; problem: string };
export type McpConfig = { servers: McpServer[]; problems: McpProblem[] };

/** The value of an environment variable. */
export type Lookup = (variable: string) => string | undefined;

/**
 * Reads the common `mcpServers` file. `${NAME}` and `${NAME:-otherwise}` in any text stand for environment variables.
 * A server that is wrong is a problem that names its field and leaves the others alone.
 */
export function readMcpConfig(text: string, lookup: Lookup): McpConfig {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (error) {
		return { servers: [], problems: [{ problem: `It is not JSON: ${(error as Error).message}` }] };
	}
	const file = fileSchema.safeParse(json);
	if (!file.success) return { servers: [], problems: [{ problem: problemOf(file.error, "") }] };
	const found: McpConfig = { servers: [], problems: [] };
	for (const [server, given] of Object.entries(file.data.mcpServers)) {
		const read = readServer(server, given, lookup);
		if (typeof read === "string") found.problems.push({ server, problem: read });
		else if (!read.disabled) found.servers.push(read);
	}
	return found;
}

function readServer(server: string, given: unknown, lookup: Lookup): McpServer | string {
	const named = name.safeParse(server);
	if (!named.success) return problemOf(named.error, `mcpServers.${server}`);
	const filled = fillIn(given, `mcpServers.${server}`, lookup);
	if (typeof filled === "string") return filled;
	const isHttp = typeof given === "object" && given !== null && "url" in given;
	const read = isHttp ? httpSchema.safeParse(filled.value) : stdioSchema.safeParse(filled.value);
	if (!read.success) return problemOf(read.error, `mcpServers.${server}`);
	return { ...read.data, name: server, secrets: filled.secrets };
}

type Filled = { value: unknown; secrets: string[] };

/** Fills environment variables in; a sentence that names field and variable when one is not set. */
function fillIn(value: unknown, field: string, lookup: Lookup): Filled | string {
	if (typeof value === "string") return fillText(value, field, lookup);
	if (typeof value !== "object" || value === null) return { value, secrets: [] };
	const secrets: string[] = [];
	const entries: [string, unknown][] = [];
	for (const [key, inner] of Object.entries(value)) {
		const filled = fillIn(inner, `${field}.${key}`, lookup);
		if (typeof filled === "string") return filled;
		entries.push([key, filled.value]);
		secrets.push(...filled.secrets);
	}
	return { value: Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries), secrets };
}

function fillText(text: string, field: string, lookup: Lookup): Filled | string {
	const secrets: string[] = [];
	let missing: string | undefined;
	const value = text.replace(/\$\{(\w+)(?::-([^}]*))?\}/g, (_, variable: string, otherwise: string | undefined) => {
		const found = lookup(variable);
		if (found) secrets.push(found);
		else if (otherwise === undefined) missing ??= variable;
		return found ?? otherwise ?? "";
	});
	return missing === undefined
		? { value, secrets }
		: `${field} needs the environment variable ${missing}; it is not set.`;
}

/** One sentence on the first thing that is wrong; it names the field, never its value. */
function problemOf({ issues: [issue] }: z.ZodError, at: string): string {
	if (!issue) return `${at} is not valid.`;
	const field = [at, ...issue.path.map(String)].filter(Boolean).join(".");
	if (issue.code === "unrecognized_keys") {
		return `${[field, issue.keys[0]].filter(Boolean).join(".")} is no field that is known here. Take it out, or correct its spelling.`;
	}
	const missing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
	return missing ? `${field} is missing.` : `${field} ${sentenceOf(issue.message)}.`;
}

const sentenceOf = (message: string): string =>
	message.replace(/^Invalid input: expected /, "must be a ").replace(/\.$/, "");
