/** What a request shows of where it comes from. */
export type Incoming = { method: string; hosts: readonly string[]; origin: string | null };
type Allowed = { port: number; host: string };

const LOCAL_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/** The exact `Host` values this server answers to: its own names with its own port. */
const allowedHosts = ({ port, host }: Allowed): string[] =>
	[...new Set([...LOCAL_NAMES, host.toLowerCase()])].map((name) => `${name}:${port}`);

/**
 * Whether a request may go on. Exactly one `Host`, one of ours; every method but GET and HEAD needs an `Origin` that is
 * exactly ours. A page of another site, a rebound name and another local server all fail here, without a login.
 */
export function refusal(request: Incoming, allowed: Allowed): { status: 403 | 421; reason: string } | undefined {
	const names = allowedHosts(allowed);
	const [host, ...more] = request.hosts;
	if (host === undefined || more.length > 0 || !names.includes(host.toLowerCase())) {
		return { status: 421, reason: "This server does not answer to that name." };
	}
	if (request.method === "GET" || request.method === "HEAD") return undefined;
	if (!names.some((name) => request.origin === `http://${name}`)) {
		return { status: 403, reason: "Requests from other pages are not taken." };
	}
	return undefined;
}

/** The content policy of every page. Styles may be inline (positions of virtual rows); scripts need the nonce. */
export function contentPolicy(nonce: string, isDevelopment: boolean): string {
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
		"frame-src 'self'",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	].join("; ");
}

/** Headers every answer carries, files and errors too (`next.config.mjs` sets the same on static files). */
export const SECURITY_HEADERS: Record<string, string> = {
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
	"x-frame-options": "DENY",
	"cross-origin-opener-policy": "same-origin",
	"cross-origin-resource-policy": "same-origin",
	"permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
};
