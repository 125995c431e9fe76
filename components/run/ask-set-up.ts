import type { AskInput } from "@/lib/trajectory/ask";
import { namespaced } from "@/lib/trajectory/namespaced";
import type { RunSummary } from "@/lib/trajectory/packet";
import type { Retention } from "@/lib/trajectory/settings";
import { sitesIn } from "@/lib/trajectory/site-names";

/** What this installation offers to a question. */
export type AskSetUp = {
	presets: PresetChoice[];
	/** The preset that is chosen when nobody chose. */
	preset: string;
	collections: { name: string; documents: number }[];
	/** The providers that search the web, by name; none when it is not searched. */
	web: string[];
	/** Names of the MCP servers that are configured. */
	mcp: string[];
	/** Tools that ask a person first unless somebody chooses otherwise; `*` stands for all. */
	approval: string[];
	/** The budget of calls that is chosen when nobody chose; absent: as the preset says. */
	depth?: number;
	/** Whether the language model takes pictures. */
	seesImages: boolean;
};

/**
 * `calls` is the budget the preset asks for, `keeps` what its model sees of earlier results, `plans`: a language model
 * can plan with a person before the first call, `tools`: the names of what its model may call, `usesMcp`: it is told of
 * MCP servers when nobody chose. A preset that is not available lacks a model server.
 */
export type PresetChoice = {
	id: string;
	available: boolean;
	calls: number;
	plans: boolean;
	usesMcp: boolean;
	tools: string[];
	keeps?: Retention;
};

/** How a question is to be gone about; sites as typed; without `depth` and `mcp`, as the preset does. */
export type AskChoice = {
	preset: string;
	answerMode: RunSummary["answerMode"];
	collections: string[];
	onlySites: string;
	neverSites: string;
	depth?: number;
	mcp?: string[];
	subAgents: boolean;
	/**
	 * Tools left out, and tools that ask first, by name: of whatever preset and, namespaced, of whatever MCP server, so
	 * that a change of either keeps both.
	 */
	withoutTools: string[];
	approval: string[];
};

/** The tools a run of this choice may call. */
export const toolsOf = ({ preset, collections }: AskChoice, presets: readonly PresetChoice[]): string[] =>
	(presets.find(({ id }) => id === preset)?.tools ?? []).filter(
		(name) => name !== "library_search" || collections.length > 0,
	);

/** Budgets of calls a person can choose from. */
export const DEPTHS = [25, 100, 300, 600] as const;

/** The budget that stands chosen: a person's, or the deepest one that the preset's own covers. */
export function depthOf(
	{ depth, preset }: Pick<AskChoice, "depth" | "preset">,
	presets: readonly PresetChoice[],
): number {
	const calls = presets.find(({ id }) => id === preset)?.calls ?? DEPTHS[1];
	return depth ?? DEPTHS.findLast((known) => known <= calls) ?? DEPTHS[0];
}

/** The MCP servers that stand chosen: a person's, or all when the preset uses them. */
export function mcpOf({ mcp, preset }: AskChoice, setUp: Pick<AskSetUp, "mcp" | "presets">): string[] {
	const usesMcp = setUp.presets.find(({ id }) => id === preset)?.usesMcp ?? false;
	return mcp ?? (usesMcp ? setUp.mcp : []);
}

/** Whether a preset's model can be given tools and sub-agents: the built-in engine is none. */
export const mayUseMore = (preset: string, presets: readonly PresetChoice[]): boolean =>
	presets.find(({ id }) => id === preset)?.plans ?? false;

/** Those of some tools that are of one of these MCP servers. */
export const ofServers = (names: readonly string[], servers: readonly string[]): string[] =>
	names.filter((name) => servers.some((server) => name.startsWith(namespaced(server, ""))));

/** The tools of chosen MCP servers that ask first. */
export function mcpAsking(choice: AskChoice, setUp: Pick<AskSetUp, "mcp" | "presets">): string[] {
	const asking = choice.approval.filter((name) => !choice.withoutTools.includes(name));
	return mayUseMore(choice.preset, setUp.presets) ? ofServers(asking, mcpOf(choice, setUp)) : [];
}

/** What is asked of the server with a choice: what it may not choose under its preset is left out. */
export function inputOf(choice: AskChoice, setUp: AskSetUp): Omit<AskInput, "question"> {
	const { depth: _, mcp: __, subAgents, onlySites, neverSites, ...chosen } = choice;
	const tools = toolsOf(choice, setUp.presets);
	const mayMore = mayUseMore(choice.preset, setUp.presets);
	const servers = mayMore ? mcpOf(choice, setUp) : [];
	const sent = (names: readonly string[]) => [
		...names.filter((name) => tools.includes(name)),
		...ofServers(names, servers),
	];
	return {
		...chosen,
		...(mayMore && { mcp: servers, subAgents }),
		maxCalls: depthOf(choice, setUp.presets),
		withoutTools: sent(choice.withoutTools),
		approval: sent(choice.approval),
		onlySites: sitesIn(onlySites),
		neverSites: sitesIn(neverSites),
	};
}
