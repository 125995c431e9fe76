import "server-only";
import { randomBytes, timingSafeEqual } from "node:crypto";
import http from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { checkedUrl, hostAndPort, notAllowed } from "../address";
import { type Guard, MAX_HEADER_BYTES } from "../guarded-fetch";
import { lookupOf, pinnedAddress } from "../pinned-address";
import { type Bounds, isHostOutOfBounds, isOutOfBounds } from "../site-bounds";
import { WebError } from "../web-error";

/** Bytes of all answers to one page together, and of all it sends. */
const MAX_DOWN = 25_000_000;
const MAX_UP = 1_000_000;
const MAX_SOCKETS = 64;
const MAX_NAMED = 20;
const HOP_HEADERS = /^(?:proxy-.*|connection|keep-alive|te|trailer|upgrade)$/i;

/** What a page's requests must pass. `secure`: the page came over TLS, and asks nothing without. */
export type ProxyPassage = { guard: Guard; bounds: Bounds; secure: boolean };

/** What a page's requests came to: the refused by host and port, and whether they were over the bytes it may use. */
export type Traffic = { refused: number; named: string[]; overBytes: boolean };

/** The right of one page to use the proxy, until it is closed; all its connections end with it. */
export type ProxyLease = { username: string; password: string; traffic: Traffic; close(): void };

type Held = ProxyPassage & { password: Buffer; traffic: Traffic; sockets: Set<Duplex>; down: number; up: number };

/**
 * The one way out of the browser: a proxy on loopback that lets a page's requests pass by the rules of `guardedFetch`:
 * address as parsed, every address its name resolves to, a connection to exactly the one that was checked, the sites of
 * the run. Whoever has no lease gets nothing. A refused and a failed request have the same answer.
 */
export class EgressProxy {
	readonly #leases = new Map<string, Held>();
	readonly #open = new Set<Duplex>();
	readonly #server: http.Server;
	/** Requests without a right to any. */
	strangers = 0;

	private constructor() {
		this.#server = http.createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
			void this.#plain(request, response);
		});
		this.#server.on("connect", (request, socket) => void this.#tunnel(request, socket));
		this.#server.on("upgrade", (_request, socket) => socket.destroy());
		this.#server.on("clientError", (_error, socket) => socket.destroy());
		this.#server.on("connection", (socket) => keepIn(this.#open, socket));
	}

	static async start(): Promise<EgressProxy> {
		const proxy = new EgressProxy();
		await new Promise<void>((up, failed) => {
			proxy.#server.once("error", failed);
			proxy.#server.listen(0, "127.0.0.1", up);
		});
		return proxy;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	lease(passage: ProxyPassage): ProxyLease {
		const [username, password] = [randomBytes(9).toString("hex"), randomBytes(24).toString("hex")];
		const traffic: Traffic = { refused: 0, named: [], overBytes: false };
		const held: Held = { ...passage, traffic, password: Buffer.from(password), sockets: new Set(), down: 0, up: 0 };
		this.#leases.set(username, held);
		const close = () => {
			this.#leases.delete(username);
			for (const socket of held.sockets) socket.destroy();
		};
		return { username, password, traffic, close };
	}

	async close(): Promise<void> {
		for (const socket of this.#open) socket.destroy();
		await new Promise((closed) => this.#server.close(closed));
	}

	#leaseOf({ headers }: http.IncomingMessage): Held | undefined {
		const [scheme, coded = ""] = (headers["proxy-authorization"] ?? "").split(" ");
		const [username = "", password = ""] = Buffer.from(coded, "base64").toString("latin1").split(":");
		const held = this.#leases.get(username);
		const given = Buffer.from(password, "latin1");
		const isHis = held && given.length === held.password.length && timingSafeEqual(given, held.password);
		if (scheme?.toLowerCase() === "basic" && isHis) return held;
		this.strangers++;
		return undefined;
	}

	async #tunnel(request: http.IncomingMessage, socket: Duplex): Promise<void> {
		socket.on("error", () => socket.destroy());
		const held = this.#leaseOf(request);
		if (!held) return void socket.end(WANTS_LEASE);
		keepIn(held.sockets, socket);
		const target = `https://${request.url ?? ""}`;
		const passed = await passing(target, held, "tunnel");
		if (!passed) return void socket.end(NOT_REACHED);
		const { url, address } = passed;
		const port = Number(url.port || 443);
		const host = address?.address ?? url.hostname.replace(/^\[|\]$/g, "");
		const outer = connect({ host, port, timeout: held.guard.limits.connectMs });
		keepIn(held.sockets, outer);
		outer.once("timeout", () => outer.destroy());
		outer.once("connect", () => {
			outer.setTimeout(0);
			socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
			count(socket, outer, held);
			socket.pipe(outer).pipe(socket);
		});
		outer.on("error", () => socket.end(NOT_REACHED));
		outer.on("close", () => socket.destroy());
		socket.on("close", () => outer.destroy());
	}

	async #plain(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
		const held = this.#leaseOf(request);
		if (!held) {
			return void response.writeHead(407, { "proxy-authenticate": REALM }).end();
		}
		keepIn(held.sockets, request.socket);
		const passed = await passing(request.url ?? "", held, "plain");
		if (!passed) return void response.writeHead(502).end();
		const { url, address } = passed;
		const outer = http.request(url, {
			method: request.method,
			headers: { ...endToEnd(request.headers), host: url.host },
			agent: false,
			maxHeaderSize: MAX_HEADER_BYTES,
			timeout: held.guard.limits.firstByteMs,
			...(address && { lookup: lookupOf(address) }),
		});
		outer.on("socket", (socket: Socket) => {
			keepIn(held.sockets, socket);
			count(request, socket, held);
		});
		outer.on("timeout", () => outer.destroy());
		outer.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
		outer.on("response", (answer) => {
			// An origin that asks for the proxy's secret gets none.
			const status = answer.statusCode === 407 ? 502 : (answer.statusCode ?? 502);
			response.writeHead(status, endToEnd(answer.headers));
			answer.on("error", () => response.destroy());
			answer.pipe(response);
		});
		response.on("close", () => outer.destroy());
		request.pipe(outer);
	}
}

const REALM = 'Basic realm="egress"';
const WANTS_LEASE = `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ${REALM}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
const NOT_REACHED = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

function keepIn(sockets: Set<Duplex>, socket: Duplex): void {
	if (sockets.has(socket)) return;
	sockets.add(socket);
	socket.once("close", () => sockets.delete(socket));
}

function endToEnd(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
	const named = (headers.connection ?? "").toLowerCase().split(/\s*,\s*/);
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !HOP_HEADERS.test(name) && !named.includes(name)),
	);
}

type Passed = { url: URL; address: Awaited<ReturnType<typeof pinnedAddress>> };

/** Where a request goes once it has passed every check; a refused one is counted and named, a name that is not found is neither. */
async function passing(target: string, held: Held, way: "plain" | "tunnel"): Promise<Passed | undefined> {
	try {
		return await checkedTarget(target, held, way);
	} catch (error) {
		const refused = !(error instanceof WebError) || error.code !== "dns";
		if (refused) note(held.traffic, target);
		return undefined;
	}
}

async function checkedTarget(target: string, held: Held, way: "plain" | "tunnel"): Promise<Passed> {
	const { guard, bounds } = held;
	if (held.sockets.size > MAX_SOCKETS * 2 || held.traffic.overBytes) throw notAllowed();
	const url = checkedUrl(target, guard.allowed);
	if (guard.own?.includes(hostAndPort(url))) throw notAllowed();
	if (way === "tunnel" ? isHostOutOfBounds(url.hostname, bounds) : isOutOfBounds(url.href, bounds)) throw notAllowed();
	if (way === "plain" && (held.secure || url.protocol !== "http:")) throw notAllowed();
	return { url, address: await pinnedAddress(url, guard) };
}

function note(traffic: Traffic, target: string): void {
	traffic.refused++;
	const name = URL.canParse(target) ? hostAndPort(new URL(target)) : "no address";
	if (traffic.named.length < MAX_NAMED && !traffic.named.includes(name)) traffic.named.push(name);
}

/** Counts what goes up and what comes down against what one page may use; over it, every connection of the page ends. */
function count(up: NodeJS.ReadableStream, down: NodeJS.ReadableStream, held: Held): void {
	const end = () => {
		if (held.down <= MAX_DOWN && held.up <= MAX_UP) return;
		held.traffic.overBytes = true;
		for (const socket of held.sockets) socket.destroy();
	};
	up.on("data", (chunk: Buffer) => {
		held.up += chunk.length;
		end();
	});
	down.on("data", (chunk: Buffer) => {
		held.down += chunk.length;
		end();
	});
}
