/**
 * Whether an address belongs to a blocked host. An entry is a host (its subdomains too) or a host with the beginning of
 * a path, as upstream blocks benchmark answers ("huggingface.co/datasets").
 */
export function isBlocked(address: string, blocked: readonly string[]): boolean {
	if (!URL.canParse(address)) return false;
	const { hostname, pathname } = new URL(address);
	return blocked.some((entry) => {
		const [host = "", ...path] = entry.toLowerCase().split("/");
		const sameHost = hostname === host || hostname.endsWith(`.${host}`);
		return sameHost && pathname.toLowerCase().startsWith(path.length > 0 ? `/${path.join("/")}` : "/");
	});
}
