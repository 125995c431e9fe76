import type { ToolCall } from "@/lib/trajectory/event";
import { hostOf } from "@/lib/trajectory/outer-links";
import type { CallRow, Row, RowSource } from "@/lib/trajectory/row";

/**
 * `https://www.a.example/b/` → `a.example/b`; `library://notes/7` → `notes/7`; anything else as it is. A web address
 * begins with the host it leads to, whatever stands before an @ in it.
 */
export function addressLabel(url: string): string {
	const host = hostOf(url);
	if (host !== undefined) {
		const { pathname, search, hash } = new URL(url);
		return host + readable(pathname + search + hash).replace(/\/$/, "");
	}
	const bare = url.replace(/^(?:https?:\/\/(?:www\.)?|library:\/\/)/i, "").replace(/\/$/, "");
	return readable(bare);
}

/** The host of a web page, the collection of a library document. */
export const hostLabel = (url: string): string => hostOf(url) ?? addressLabel(url).split(/[/?#]/, 1)[0] ?? url;

/** Malformed percent signs are shown as they are, and so are those that stand for what nobody sees. */
function readable(address: string): string {
	if (!/%[\da-f]{2}/i.test(address)) return address;
	return address.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
		try {
			const decoded = decodeURIComponent(encoded);
			return /[\p{C}\p{Zl}\p{Zp}]/u.test(decoded) ? encoded : decoded;
		} catch {
			return encoded;
		}
	});
}

/** What a call is about, in one line: the query, the address, the first line of code; otherwise its arguments. */
export function argumentLine({ args }: ToolCall): string {
	const query = args.q ?? args.query ?? args.subtask;
	if (typeof query === "string") return oneLine(query.includes('"') ? query : `"${query}"`);
	if (typeof args.url === "string") return oneLine(addressLabel(args.url));
	const code = args.code ?? args.code_block ?? args.command;
	if (typeof code === "string") return oneLine(code.trim());
	const parts = Object.entries(args).map(([name, value]) => `${name}: ${plain(value)}`);
	return oneLine(parts.join(", "));
}

export const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

const oneLine = (text: string) =>
	text
		.slice(0, 400)
		.replace(/\s*\n\s*/g, "; ")
		.replace(/\s+/g, " ")
		.trim();

/** Sources as a row lists them: one a host, those seen for the first time in front, `more` counts the rest. */
export function rowSources(sources: readonly RowSource[], limit = 3): { shown: RowSource[]; more: number } {
	const byHost = new Map<string, RowSource>();
	for (const source of sources) {
		const label = sourceLabel(source);
		const known = byHost.get(label);
		if (!known || (source.firstSeen && !known.firstSeen)) byHost.set(label, source);
	}
	const shown = [...byHost.values()].sort((a, b) => Number(b.firstSeen) - Number(a.firstSeen));
	return { shown: shown.slice(0, limit), more: Math.max(0, shown.length - limit) };
}

/** A library document goes by its title, a web page by its host. */
export const sourceLabel = ({ url, title }: Pick<RowSource, "url" | "title">): string =>
	url.startsWith("library://") && title ? title : hostLabel(url);

/** How long a row took, model and tool together, in milliseconds; undefined while it runs. */
export function rowMs(row: Row): number | undefined {
	if (row.kind === "call") return row.toolMs ?? (row.rolledBack ? row.modelMs : undefined);
	return row.kind === "reply" ? row.modelMs : undefined;
}

/** The row of a kept call by its number; rows stand in the order of their calls. */
export function rowOfCall(rows: readonly (Row | undefined)[], n: number): number | undefined {
	const at = rows.findIndex((row) => row?.kind === "call" && row.n === n);
	return at < 0 ? undefined : at;
}

/** The number of the kept call at a row or the last one before it; 0 when there is none. */
export function callAt(rows: readonly (Row | undefined)[], index: number): number {
	for (let at = Math.min(index, rows.length - 1); at >= 0; at--) {
		const row = rows[at];
		if (row?.kind === "call" && row.n !== undefined) return row.n;
	}
	return 0;
}

/** The number of kept calls whose results are recorded up to an event. */
export function callAtSeq(rows: readonly Row[], seq: number): number {
	for (let at = rows.length - 1; at >= 0; at--) {
		const row = rows[at];
		if (row?.kind === "call" && row.n !== undefined && (row.resultSeq ?? Infinity) <= seq) return row.n;
	}
	return 0;
}

/** The moment at which a row was complete, as far as it is. */
export const momentOf = (row: Row): number =>
	("resultSeq" in row ? row.resultSeq : undefined) ??
	("replySeq" in row ? row.replySeq : undefined) ??
	Math.floor(row.key);

export const isFailedCall = (row: Row): row is CallRow => row.kind === "call" && row.status === "error";
export const isRolledBack = (row: Row): boolean => "rolledBack" in row && row.rolledBack !== undefined;

/** The number of a call that a run can be forked at: one that is kept and has its result. */
export const forkableCall = (row: Row | undefined): number | undefined =>
	row?.kind === "call" && row.resultSeq !== undefined ? row.n : undefined;
