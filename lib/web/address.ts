import ipaddr from "ipaddr.js";
import { WebError } from "./web-error";

const MAX_URL = 4096;
/** More than this in one part of an address is a message to the site, not a place on it. */
const MAX_PART = 1000;
const MAX_HOST = 253;
const MAX_LABEL = 63;
const PORTS = new Set(["", "80", "443"]);
const BLOCKED_NAMES =
	/(^|\.)(localhost|local|internal|svc|home\.arpa)$|^metadata\.google\.internal$|^host\.docker\.internal$/;

/** Ranges beyond what ipaddr.js calls non-unicast that must not be reached either. */
const ALSO_DENIED: [string, number][] = [
	["192.88.99.0", 24],
	["198.18.0.0", 15],
	["64:ff9b:1::", 48],
	["2001::", 23],
	["3fff::", 20],
	["5f00::", 16],
	["fec0::", 10],
	["100::", 64],
];

/**
 * Checks an address as typed or as redirected to, before any name is looked up: scheme, port, user info, length,
 * names that are local by nature, and literal IP addresses (as the URL parser reads them, never as they were written).
 * `allowed` are host:port pairs that may be private. Throws `WebError`.
 */
export function checkedUrl(text: string, allowed: readonly string[]): URL {
	if (text.length > MAX_URL) throw new WebError("blocked_address", "The address is longer than 4,096 characters.");
	if (!URL.canParse(text))
		throw new WebError("bad_url", "This is not an address. Give the whole of it, with https:// in front.");
	const url = new URL(text);
	if (url.protocol !== "http:" && url.protocol !== "https:") {
		throw new WebError("blocked_scheme", "Only http and https addresses can be read.");
	}
	if (url.username || url.password) throw new WebError("blocked_address", "Addresses with a user name are not read.");
	if (url.port === "0") throw notAllowed();
	if ([url.search, ...url.pathname.split("/")].some((part) => part.length > MAX_PART)) {
		throw new WebError("blocked_address", "A part of this address is longer than 1,000 characters.");
	}
	if (isAllowed(url, allowed)) return url;
	if (!PORTS.has(url.port)) throw new WebError("blocked_address", "This address is not allowed.");
	checkHost(url.hostname);
	return url;
}

export const isAllowed = (url: URL, allowed: readonly string[]): boolean => allowed.includes(hostAndPort(url));

/** `host:port`, the scheme's own port written out. */
export const hostAndPort = (url: URL): string =>
	`${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;

/** An address that was written in a sentence, in brackets, quotes or markdown, or without its scheme, as it was meant. */
export function repairedAddress(text: string): string {
	const inMarkdown = /^!?\[[^\]]*\]\(\s*<?([^\s<>]+?)>?\s*\)$/.exec(text.trim())?.[1];
	const bare = (inMarkdown ?? text.trim())
		.replace(/^[<"'`“‘「（([]+/, "")
		.replace(/[>"'`”’」\].,;!。，、；】）]+$/, "");
	const whole = bare.endsWith(")") && !bare.includes("(") ? bare.replace(/\)+$/, "") : bare;
	if (whole.startsWith("//")) return `https:${whole}`;
	return /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[:/?#]|$)/u.test(whole) ? `https://${whole}` : whole;
}

function checkHost(hostname: string): void {
	const host = hostname.toLowerCase().replace(/\.$/, "");
	const literal = host.replace(/^\[|\]$/g, "");
	if (ipaddr.isValid(literal)) {
		if (!isPublic(literal)) throw notAllowed();
		return;
	}
	const labels = host.split(".");
	const isName = labels.length > 1 && labels.every((label) => label.length > 0 && label.length <= MAX_LABEL);
	if (host.length > MAX_HOST || !isName || BLOCKED_NAMES.test(host)) throw notAllowed();
}

export const notAllowed = (): WebError => new WebError("blocked_address", "This address is not allowed.");

/** Whether an IP address, and every IPv4 address embedded in it, can be reached from anywhere on the internet. */
export function isPublic(text: string): boolean {
	if (!ipaddr.isValid(text)) return false;
	const address = ipaddr.parse(text);
	if (address.kind() === "ipv4") return isPublicV4(address as ipaddr.IPv4);
	return isPublicV6(address as ipaddr.IPv6);
}

const denied = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
	ALSO_DENIED.some(([base, bits]) => {
		const range = ipaddr.parse(base);
		return range.kind() === address.kind() && address.match(range, bits);
	});

const isPublicV4 = (address: ipaddr.IPv4): boolean => address.range() === "unicast" && !denied(address);

function isPublicV6(address: ipaddr.IPv6): boolean {
	const embedded = embeddedV4(address);
	if (embedded) return isPublicV4(embedded) && !address.match(ipaddr.parse("::") as ipaddr.IPv6, 96);
	return address.range() === "unicast" && !denied(address);
}

/** IPv4 inside IPv4-mapped, NAT64 and 6to4 addresses. */
function embeddedV4(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
	const bytes = address.toByteArray();
	if (address.isIPv4MappedAddress()) return address.toIPv4Address();
	const last = () => new ipaddr.IPv4(bytes.slice(12));
	if (address.match(ipaddr.parse("64:ff9b::") as ipaddr.IPv6, 96)) return last();
	if (address.match(ipaddr.parse("::") as ipaddr.IPv6, 96)) return last();
	return address.match(ipaddr.parse("2002::") as ipaddr.IPv6, 16) ? new ipaddr.IPv4(bytes.slice(2, 6)) : undefined;
}
