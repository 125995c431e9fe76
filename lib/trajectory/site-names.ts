const MAX_SITE = 300;
const HOST = /^(?=.{3,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d-]{2,63}$|^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * A site as a person writes it, in one spelling: a host, which stands for its subdomains too, or a host with the
 * beginning of a path. Undefined when it is neither.
 */
export function siteOf(written: string): string | undefined {
	if (written.length > MAX_SITE) return undefined;
	const bare = written
		.trim()
		.replace(/^https?:\/\//i, "")
		.replace(/^(\*\.|www\.)/i, "");
	if (/[\s?#@:\\]/.test(bare) || !URL.canParse(`http://${bare}`)) return undefined;
	const { hostname, pathname } = new URL(`http://${bare}`);
	const path = pathname.replace(/\/+$/, "").toLowerCase();
	return HOST.test(hostname) ? `${hostname}${path}` : undefined;
}

/** Sites as typed in one line, apart by commas, semicolons or blanks. */
export const sitesIn = (line: string): string[] => line.split(/[\s,;，；、]+/).filter(Boolean);
