import { addressKey } from "./address";
import type { ToolCall } from "./event";
import { termsOf } from "./rank";
import type { CallRow } from "./row";
import { type ToolKind, toolKindOf } from "./tool-kind";

/** What a call did, without where and when: what two calls, of one run or of two, are compared by. */
export type Deed = {
	kind: ToolKind;
	/** Equal for calls that ask the same of the same tool: same query and page of results, same address and part, same code. */
	key: string;
	/** Calls of different groups are never alike. Both kinds of search are one group. */
	group: string;
	/** Words of the query, the address, or the words of the arguments. */
	terms: readonly string[];
	/** What it brought: addresses of a search, the text's hash of a page. */
	evidence: readonly string[];
};

const MOST_TERMS = 60;

export function deedOf({ call, sources }: Pick<CallRow, "call" | "sources">): Deed {
	const kind = toolKindOf(call.name);
	if (kind === "read") return readDeed(call, sources);
	if (kind === "search" || kind === "library") {
		const terms = termsOf(textOf(call.args.q ?? call.args.query));
		const rest = restOf(call.args, ["q", "query", "num", "goal"], { page: 1 });
		const evidence = [...new Set(sources.map(({ url }) => addressKey(url)))];
		return { kind, key: `${kind} ${terms.join(" ")} ${rest}`, group: "search", terms: [...new Set(terms)], evidence };
	}
	const args = JSON.stringify(sorted(call.args));
	const terms = [...new Set(termsOf(args.slice(0, 4000)))].slice(0, MOST_TERMS);
	return { kind, key: `${call.name} ${args}`, group: call.name, terms, evidence: [] };
}

function readDeed({ args }: ToolCall, sources: CallRow["sources"]): Deed {
	const address = addressKey(textOf(args.url));
	const rest = restOf(args, ["url", "goal", "info_to_extract"], { start: 0 });
	const evidence = sources.flatMap(({ hash }) => hash ?? []);
	return { kind: "read", key: `read ${address} ${rest}`, group: "read", terms: address ? [address] : [], evidence };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The arguments that change what is asked, in one spelling; absent ones and defaults are the same. */
function restOf(
	args: ToolCall["args"],
	ignored: readonly string[],
	defaults: Readonly<Record<string, unknown>>,
): string {
	const said = Object.entries(args).filter(
		([name, value]) => !ignored.includes(name) && value != null && String(value) !== String(defaults[name]),
	);
	return said.length > 0 ? JSON.stringify(sorted(Object.fromEntries(said))) : "";
}

const sorted = (args: ToolCall["args"]) => Object.entries(args).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
