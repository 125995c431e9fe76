import "server-only";
import type { LookupFunction } from "node:net";
import { isAllowed, isPublic, notAllowed } from "./address";
import { WebError } from "./web-error";

type Address = { address: string; family: number };
export type Resolver = (host: string) => Promise<Address[]>;
type Pinning = { allowed: readonly string[]; resolve: Resolver };

/**
 * The address a connection to a checked URL goes to: its name is looked up once, and all that it resolves to must be
 * public. Undefined for a literal address, which was checked with the URL, and for hosts allowed by setting. Throws
 * `WebError`.
 */
export async function pinnedAddress(url: URL, { allowed, resolve }: Pinning): Promise<Address | undefined> {
	const host = url.hostname.replace(/^\[|\]$/g, "");
	if (isAllowed(url, allowed) || /^[\d.]+$|:/.test(host)) return undefined;
	const found = await resolve(host).catch((error: unknown) => {
		throw new WebError("dns", "The site's name could not be found.", { cause: error });
	});
	const [first] = found;
	if (!first) throw new WebError("dns", "The site's name could not be found.");
	if (found.some(({ address }) => !isPublic(address))) throw notAllowed();
	return first;
}

/** A lookup that answers with this address alone. */
export const lookupOf =
	(pinned: Address): LookupFunction =>
	(_host, options, done) => {
		if (options.all) (done as (error: null, all: object[]) => void)(null, [pinned]);
		else done(null, pinned.address, pinned.family);
	};
