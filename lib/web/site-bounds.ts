import type { ToolContext } from "../agent/tool";

/**
 * Whether an address belongs to a listed host. An entry is a host (its subdomains too) or a host with the beginning of
 * a path, as upstream blocks benchmark answers ("huggingface.co/datasets").
 */
export function isListed(address: string, listed: readonly string[]): boolean {
	if (!URL.canParse(address)) return false;
	const url = new URL(address);
	const hostname = url.hostname.replace(/\.$/, "");
	const pathname = plainPath(url.pathname);
	return listed.some((entry) => {
		const [host = "", ...path] = entry.toLowerCase().split("/");
		const sameHost = hostname === host || hostname.endsWith(`.${host}`);
		return sameHost && pathname.startsWith(path.length > 0 ? `/${path.join("/")}` : "/");
	});
}

/** Written as most servers read it: encoded letters decoded, several slashes as one. */
const plainPath = (path: string): string =>
	path
		.replace(/%([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
		.replace(/\/{2,}/g, "/")
		.toLowerCase();

export type Bounds = Pick<ToolContext, "blockedHosts" | "allowedHosts">;

/** Whether a page of the web may be neither shown nor read: on a blocked site, or not on one of those allowed. */
export const isOutOfBounds = (address: string, { blockedHosts, allowedHosts }: Bounds): boolean =>
	isListed(address, blockedHosts) || (allowedHosts.length > 0 && isOfWeb(address) && !isListed(address, allowedHosts));

const isOfWeb = (address: string): boolean => /^https?:/i.test(address);

/** Why a page is not read; undefined when it may be. */
export function boundsProblem(address: string, bounds: Bounds): string | undefined {
	if (!isOutOfBounds(address, bounds)) return undefined;
	if (isListed(address, bounds.blockedHosts)) return "This site is blocked for this run. Look for another source.";
	return `This run reads the web at ${bounds.allowedHosts.join(", ")} only. Look for a source there.`;
}

/**
 * Whether nothing at all may be asked of a host, of whose requests only the name is seen (inside TLS): it is blocked,
 * or a part of it is, or no part of it is allowed.
 */
export function isHostOutOfBounds(hostname: string, { blockedHosts, allowedHosts }: Bounds): boolean {
	const hostsOf = (entries: readonly string[]) => entries.map((entry) => entry.split("/")[0] ?? "");
	const address = `https://${hostname}/`;
	if (isListed(address, hostsOf(blockedHosts))) return true;
	return allowedHosts.length > 0 && !isListed(address, hostsOf(allowedHosts));
}
