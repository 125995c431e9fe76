import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { namespaced } from "../../trajectory/namespaced";
import type { ToolSpec } from "../../trajectory/settings";
import { asData } from "../../web/untrusted";
import { cleanSchema } from "./schema";

/** Characters of a tool's description that a model is told. */
const MOST_DESCRIPTION = 2000;
/** Tools of one server that a model is told of. */
const MOST_TOOLS = 128;

/** A tool of a server that can be used, its texts clean and bounded. */
export type McpTool = { name: string; description: string; schema: Record<string, unknown> };
export type RefusedTool = { name: string; why: string };
export type McpListing = { tools: McpTool[]; refused: RefusedTool[] };

const listed = z.looseObject({ name: z.string(), description: z.string().nullish(), inputSchema: z.unknown() });
/** What the protocol allows a name to be; a look-alike from another script is not one. */
const NAME = /^[A-Za-z0-9_./-]{1,128}$/;

/** Reads a server's list tool by tool: one that cannot be used is refused with its reason, the others stay. */
export function readListing(given: readonly unknown[]): McpListing {
	const listing: McpListing = { tools: [], refused: [] };
	for (const [at, entry] of given.entries()) {
		const read = readTool(entry, at);
		if ("why" in read) listing.refused.push(read);
		else if (listing.tools.some(({ name }) => name === read.name))
			listing.refused.push({ name: read.name, why: "its name is in the list twice" });
		else if (listing.tools.length >= MOST_TOOLS)
			listing.refused.push({ name: read.name, why: `only the first ${MOST_TOOLS} tools of a server are used` });
		else listing.tools.push(read);
	}
	return listing;
}

function readTool(entry: unknown, at: number): McpTool | RefusedTool {
	const parsed = listed.safeParse(entry);
	if (!parsed.success) return { name: `number ${at + 1}`, why: "it has no name, or its description is no text" };
	const { name, description, inputSchema } = parsed.data;
	const shown = asData(name).slice(0, 80) || `number ${at + 1}`;
	if (!NAME.test(name)) return { name: shown, why: "its name is not 1 to 128 of A–Z, a–z, 0–9, _, -, . and /" };
	const cleaned = cleanSchema(inputSchema);
	return cleaned.ok
		? { name, description: describe(description ?? ""), schema: cleaned.schema }
		: { name, why: cleaned.why };
}

/** A stranger's words in the system prompt: bounded, as data, and with no line that looks like a heading of ours. */
function describe(text: string): string {
	const plain = asData(text)
		.replace(/^(\s*)#/gm, "$1\\#")
		.trim();
	return plain.length <= MOST_DESCRIPTION ? plain : `${plain.slice(0, MOST_DESCRIPTION)} [cut]`;
}

/** Longest name and characters that every server of native tool calls accepts. */
const MOST_NAME = 64;

/**
 * What a model is told of the tools of some servers. A tool keeps its own name where no other tool of the run has it and
 * every model server takes it; else it is called `server__tool`. `taken` are the names of the run's other tools.
 */
export function specsOf(
	servers: readonly { server: string; tools: readonly McpTool[] }[],
	taken: readonly string[],
): ToolSpec[] {
	const counts = new Map<string, number>(taken.map((name) => [name, 1]));
	for (const { tools } of servers) for (const { name } of tools) counts.set(name, (counts.get(name) ?? 0) + 1);
	const used = new Set(taken);
	return servers.flatMap(({ server, tools }) =>
		tools.map(({ name, description, schema }): ToolSpec => {
			const own = counts.get(name) === 1 && isPlain(name) ? name : namespaced(server, name);
			const called = unused(own.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, MOST_NAME), used);
			used.add(called);
			return { server, name: called, description, schema, mcp: name };
		}),
	);
}

/**
 * Why a tool that a run was told of must not be called, in a sentence for person and model; undefined while the server
 * still offers it in the same words. What was read and allowed when the run began is what is called: a server could
 * otherwise show a harmless tool first and ask for more later.
 */
export function changeOf({ mcp, name, description, schema }: ToolSpec, { tools }: McpListing): string | undefined {
	const now = tools.find((tool) => tool.name === (mcp ?? name));
	if (!now) return "Its server does not offer it any more.";
	const what = [
		now.description === description ? [] : "description",
		isDeepStrictEqual(now.schema, schema) ? [] : "arguments",
	]
		.flat()
		.join(" and ");
	return what === ""
		? undefined
		: `Its server changed its ${what} after this run was told of it, so it is not called. A new run uses it as it is now.`;
}

const isPlain = (name: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(name);

function unused(name: string, used: ReadonlySet<string>): string {
	let free = name;
	for (let n = 2; used.has(free); n++) free = `${name.slice(0, MOST_NAME - 4)}_${n}`;
	return free;
}
