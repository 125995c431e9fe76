import "server-only";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tool } from "../agent/tool";
import { env, environmentVariable } from "../env";
import { type McpConfig, type McpServer, readMcpConfig } from "../tools/mcp/config";
import { McpConnection } from "../tools/mcp/connection";
import { type RefusedTool, specsOf } from "../tools/mcp/listing";
import { mcpTool } from "../tools/mcp/tool";
import type { McpToolsRead } from "../trajectory/ask";
import type { ToolSpec } from "../trajectory/settings";
import { asksByDefault } from "./chosen-tools";

/** How long a server is waited for when a run begins, and when it is looked at. */
const WAIT_MS = 35_000;

type Open = { as: string; connection: McpConnection };
type Held = { soundingsMcp?: Map<string, Open> };

/** Open servers by name: one set for all bundles, so it hangs on `globalThis`. */
function open(): Map<string, Open> {
	const held = globalThis as Held;
	held.soundingsMcp ??= new Map();
	return held.soundingsMcp;
}

const configPath = (): string => env().MCP_CONFIG ?? join(env().DATA_DIR, "mcp.json");

/** The configured servers, read anew each time, so that a change needs no restart. */
function config(): McpConfig {
	const path = configPath();
	return existsSync(path)
		? readMcpConfig(readFileSync(path, "utf8"), environmentVariable)
		: { servers: [], problems: [] };
}

/** Names of the servers a run may use. */
export const mcpNames = (): string[] => config().servers.map(({ name }) => name);

/** The server's one connection; a server that is configured differently by now gets a new one. */
function connectionTo(server: McpServer): McpConnection {
	const as = JSON.stringify(server);
	const known = open().get(server.name);
	if (known?.as === as) return known.connection;
	void known?.connection.close();
	const connection = new McpConnection(server, environmentVariable);
	open().set(server.name, { as, connection });
	return connection;
}

type Specs = { ok: true; specs: ToolSpec[] } | { ok: false; message: string };

/** What a run is told of the chosen servers, all of them when nobody chose. A server that does not answer is a refusal. */
export async function mcpSpecs(chosen: readonly string[] | undefined, taken: readonly string[]): Promise<Specs> {
	const { servers, problems } = config();
	const [wrong] = problems.filter(({ server }) => server === undefined || (chosen ?? [server]).includes(server));
	if (wrong && chosen?.length !== 0) {
		return { ok: false, message: `${configPath()} cannot be used. ${wrong.problem}` };
	}
	const unknown = chosen?.find((name) => !servers.some((server) => server.name === name));
	if (unknown !== undefined) {
		const known = servers.map(({ name }) => name).join(", ") || "none";
		return { ok: false, message: `There is no MCP server "${unknown}". There are: ${known}.` };
	}
	const used = servers.filter(({ name }) => chosen?.includes(name) ?? true);
	const looked = await Promise.all(used.map(look));
	const silent = looked.find(({ ok }) => !ok);
	if (silent)
		return { ok: false, message: `${silent.detail} Leave it out of this run, or mend it in ${configPath()}.` };
	const told = looked.map(({ name, listing }) => ({ server: name, tools: listing?.tools ?? [] }));
	return { ok: true, specs: specsOf(told, taken) };
}

/** The tool behind a run's frozen spec, or why it cannot be had now. The server is connected when it is first called. */
export function mcpToolOf(spec: ToolSpec): Tool | string {
	if (!config().servers.some(({ name }) => name === spec.server)) return missing(spec.server);
	return mcpTool(spec, () => {
		const server = config().servers.find(({ name }) => name === spec.server);
		if (!server) throw new Error(missing(spec.server));
		return connectionTo(server);
	});
}

const missing = (server: string): string =>
	`The MCP server ${server} of this run is not configured. Put it back into ${configPath()}.`;

/** How an MCP server is: `tools` are those a run can use, `refused` the others with the reason. */
export type McpState = {
	name: string;
	ok: boolean;
	detail: string;
	tools: string[];
	refused: RefusedTool[];
	ms: number;
};

/** The file that MCP servers stand in, or would. */
export const mcpPath = configPath;

/**
 * Looks at every configured server, or the one that is named, starting those that are not. A wrong entry of the file is
 * a state of its own.
 */
export async function mcpHealth(only?: string): Promise<McpState[]> {
	const { servers, problems } = config();
	const looked = await Promise.all(servers.filter(({ name }) => only === undefined || name === only).map(look));
	const states = looked.map(({ listing, ...state }): McpState => {
		const { tools = [], refused = [] } = listing ?? {};
		return { ...state, tools: tools.map(({ name }) => name), refused };
	});
	const wrong = problems
		.filter(({ server }) => only === undefined || server === undefined || server === only)
		.map(
			({ server = configPath(), problem }): McpState => ({
				name: server,
				ok: false,
				detail: problem,
				tools: [],
				refused: [],
				ms: 0,
			}),
		);
	return [...states, ...wrong];
}

/** The tools of one server, for whoever chooses among them; a server that is not running is started. */
export async function mcpToolsOf(server: string): Promise<McpToolsRead> {
	const [state] = await mcpHealth(server);
	if (!state) return { ok: false, why: `There is no MCP server "${server}" in ${configPath()}.` };
	if (!state.ok) return { ok: false, why: state.detail };
	return { ok: true, tools: state.tools.map((name) => ({ name, asks: asksByDefault({ server, name, mcp: name }) })) };
}

async function look(server: McpServer) {
	const since = performance.now();
	const { name } = server;
	try {
		const listing = await connectionTo(server).listing(AbortSignal.timeout(WAIT_MS));
		const detail = `${listing.tools.length} tools`;
		return { name, ok: true, detail, listing, ms: Math.round(performance.now() - since) };
	} catch (error) {
		return { name, ok: false, detail: (error as Error).message, ms: Math.round(performance.now() - since) };
	}
}

/** Ends every server. */
export async function closeMcp(): Promise<void> {
	const all = [...open().values()];
	open().clear();
	await Promise.all(all.map(({ connection }) => connection.close()));
}
