import type { Node } from "./cite-marks";

/** As much of a markdown tree as links need (mdast). */
type LinkNode = Node & { url?: string; identifier?: string };

/** A part of an address that is longer than this is a message to its host, not a place on it. */
const LONGEST_PART = 200;

/** An address a reader may be led to: web or mail, in its canonical form; undefined for any other. */
export function safeAddress(url: string): string | undefined {
	const address = url.trim();
	return /^(?:https?:\/\/|mailto:)/i.test(address) && URL.canParse(address) ? new URL(address).href : undefined;
}

/** Where a web address leads: its host as it is looked up, without `www.`; undefined for what is no web address. */
export function hostOf(address: string): string | undefined {
	if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
	return new URL(address).host.replace(/^www\./, "");
}

/** Whether following an address would tell its host much, though nobody typed it. */
export function isMessage(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const { search, pathname } = new URL(address);
	return [search, ...pathname.split("/")].some((part) => part.length > LONGEST_PART);
}

/**
 * A remark plugin: behind a link stands the host it leads to, unless its own text begins with it. One whose address is a
 * message is no link; `unlinked` says so behind its host.
 */
export function honestLinks(unlinked: string) {
	return () =>
		(tree: LinkNode): void => {
			const definitions = new Map<string, string>();
			collect(tree, definitions);
			dress(tree, definitions, unlinked);
		};
}

function collect({ type, url, identifier, children = [] }: LinkNode, found: Map<string, string>): void {
	if (type === "definition" && identifier !== undefined && url !== undefined && !found.has(identifier))
		found.set(identifier, url);
	for (const child of children) collect(child, found);
}

function dress(node: LinkNode, definitions: ReadonlyMap<string, string>, unlinked: string): void {
	if (!node.children) return;
	node.children = node.children.flatMap((child: LinkNode) => {
		const written = child.type === "linkReference" ? definitions.get(child.identifier ?? "") : child.url;
		const address = /^link/.test(child.type) ? safeAddress(written ?? "") : undefined;
		if (address === undefined) {
			dress(child, definitions, unlinked);
			return [child];
		}
		const to = hostOf(address) ?? new URL(address).pathname;
		if (isMessage(address)) return [...(child.children ?? []), beside(`${to}; ${unlinked}`)];
		return isNamed(textOf(child), to) ? [child] : [child, beside(to)];
	});
}

const beside = (said: string): LinkNode => ({ type: "text", value: ` (${said})` });

const textOf = ({ value = "", children = [] }: LinkNode): string => value + children.map(textOf).join("");

/** Whether a text begins with the host, and with the whole of it. */
function isNamed(text: string, host: string): boolean {
	const said = text.replace(/^(?:https?:\/\/|mailto:)?(?:www\.)?/i, "").toLowerCase();
	return said.startsWith(host) && /^(?:[/?#]|$)/.test(said.slice(host.length));
}
