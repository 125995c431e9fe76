/** What a request shows of where it comes from, and where it goes. `path` is as it came, not decoded. */
export type Incoming = { method: string; hosts: readonly string[]; origin: string | null; path: string };
/** `shareOrigin`: the outer origin under which shared pages alone are answered. */
type Allowed = { port: number; host: string; shareOrigin?: string | undefined };

/** What the guard looks at in a request. */
export function incomingOf(method: string, headers: Pick<Headers, "get">, path: string): Incoming {
	const host = headers.get("host");
	return { method, hosts: host === null ? [] : host.split(","), origin: headers.get("origin"), path };
}

const LOCAL_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/** The exact `Host` values this server answers to: its own names with its own port. */
const allowedHosts = ({ port, host }: Allowed): string[] =>
	[...new Set([...LOCAL_NAMES, host.toLowerCase()])].map((name) => `${name}:${port}`);

const isReading = (method: string): boolean => method === "GET" || method === "HEAD";

/** What a shared page is made of: itself, the built scripts and styles, the icon. */
const isOfShare = (path: string): boolean =>
	isSharePath(path) || path.startsWith("/_next/static/") || path === "/icon.svg";

/** Whether an address is that of something shared. */
export const isSharePath = (path: string): boolean => path === "/share" || path.startsWith("/share/");

/**
 * Whether a request may go on. Exactly one `Host`, one of ours; every method but GET and HEAD needs an `Origin` that is
 * exactly ours. A page of another site, a rebound name and another local server all fail here, without a login. Under
 * the outer name only shared pages are read; everything else is not there, and nothing can be changed.
 */
export function refusal(request: Incoming, allowed: Allowed): { status: 403 | 404 | 421; reason: string } | undefined {
	const names = allowedHosts(allowed);
	const [host, ...more] = request.hosts.map((name) => name.toLowerCase());
	if (host !== undefined && more.length === 0 && host === hostOf(allowed.shareOrigin)) {
		return isReading(request.method) && isOfShare(request.path) ? undefined : { status: 404, reason: "Not found." };
	}
	if (host === undefined || more.length > 0 || !names.includes(host)) {
		return { status: 421, reason: "This server does not answer to that name." };
	}
	if (isReading(request.method)) return undefined;
	if (!names.some((name) => request.origin === `http://${name}`)) {
		return { status: 403, reason: "Requests from other pages are not taken." };
	}
	return undefined;
}

const hostOf = (origin: string | undefined): string | undefined => origin && new URL(origin).host;

/** The content policy of every page. Styles may be inline (positions of virtual rows); scripts need the nonce. */
export const contentPolicy = (nonce: string, isDevelopment: boolean): string =>
	policy(nonce, { isDevelopment, frames: "'self'", forms: "'self'" });

/** That of a shared page: it holds no frame and sends no form. */
export const sharedContentPolicy = (nonce: string, isDevelopment: boolean): string =>
	policy(nonce, { isDevelopment, frames: "'none'", forms: "'none'" });

type Grants = { isDevelopment: boolean; frames: string; forms: string };

function policy(nonce: string, { isDevelopment, frames, forms }: Grants): string {
	const evaluate = isDevelopment ? " 'unsafe-eval'" : "";
	return [
		"default-src 'none'",
		`script-src 'self' 'nonce-${nonce}'${evaluate}`,
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		"connect-src 'self'",
		"worker-src 'self'",
		"manifest-src 'self'",
		`frame-src ${frames}`,
		"object-src 'none'",
		"base-uri 'none'",
		`form-action ${forms}`,
		"frame-ancestors 'none'",
	].join("; ");
}

/** Whether an address is that of a file which code of a run has written, or which was attached to its question. */
export const isFilePath = (path: string): boolean => /^\/api\/runs\/[^/]+\/(?:files|attachments)\//.test(path);

/** Such a file may draw itself, and nothing else: no script, no request, no frame, an origin of its own. */
export const FILE_POLICY =
	"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/** Headers every answer carries, files and errors too (`next.config.mjs` sets the same on static files). */
export const SECURITY_HEADERS: Record<string, string> = {
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
	"x-frame-options": "DENY",
	"cross-origin-opener-policy": "same-origin",
	"cross-origin-resource-policy": "same-origin",
	"permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
};

/** What every answer below `/share` carries on top: nobody keeps it, no search engine lists it. */
export const SHARED_HEADERS: Record<string, string> = {
	"cache-control": "private, no-store",
	"x-robots-tag": "noindex, nofollow, noarchive, nosnippet",
};

/** Whether a person opens a page with this request: no prefetch, no part of a page, no question for headers alone. */
export function isPageLoad(method: string, headers: Pick<Headers, "get">): boolean {
	if (method !== "GET" || /prefetch|prerender/.test(headers.get("sec-purpose") ?? headers.get("purpose") ?? ""))
		return false;
	const destination = headers.get("sec-fetch-dest");
	return destination === null ? (headers.get("accept") ?? "").includes("text/html") : destination === "document";
}
