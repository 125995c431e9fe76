import { readFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import tls from "node:tls";
import { afterEach, describe, expect, test, vi } from "vitest";
import { pick, seeded } from "../../e2e/fixtures/random";
import { serveWeb } from "../../e2e/fixtures/web-server";
import { testData } from "../../e2e/test-data";
import { sourcePaths } from "../cli/sources";
import { type Guard, guardedFetch, LIMITS } from "./guarded-fetch";

/** What names stand for in these tests: an address of the net, never dialled. */
const PUBLIC = "93.184.215.14";
const openGuard = (changes: Partial<Guard> = {}): Guard => ({
	allowed: [],
	resolve: async () => [{ address: PUBLIC, family: 4 }],
	limits: LIMITS,
	...changes,
});
const read = (url: string, guard: Guard) => guardedFetch(url, new AbortController().signal, guard);

test("SSRF-07: no connection is kept: what was allowed a moment ago is asked anew under the rules of now", async () => {
	const connections = new Set<net.Socket>();
	const site = await serveWeb((request, response) => {
		connections.add(request.socket);
		response.writeHead(200, { connection: "keep-alive", "keep-alive": "timeout=60" }).end("deep");
	});
	const allowing = openGuard({ allowed: [site.host] });
	await read(site.url, allowing);
	await read(site.url, allowing);
	expect(connections.size).toBe(2);
	await vi.waitFor(() => expect([...connections].filter(({ destroyed }) => !destroyed)).toEqual([]));
	await expect(read(site.url, openGuard())).rejects.toMatchObject({ code: "blocked_address" });
	expect(site.hits).toHaveLength(2);
	await site.close();
});

/** Ranges that are nobody's on the net, written down a second time and read by Node instead of by our address library. */
const PRIVATE = { ipv4: new net.BlockList(), ipv6: new net.BlockList() };
for (const [base, bits] of [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 3],
] as const)
	PRIVATE.ipv4.addSubnet(base, bits, "ipv4");
for (const [base, bits] of [
	["::", 80],
	["::ffff:0:0:0", 96],
	["64:ff9b::", 32],
	["100::", 64],
	["2001::", 23],
	["2001:db8::", 32],
	["2002::", 16],
	["3fff::", 20],
	["5f00::", 16],
	["8000::", 1],
	["4000::", 2],
] as const)
	PRIVATE.ipv6.addSubnet(base, bits, "ipv6");

type Dial = { host: string; port: number; address: string };
type Dialling = { host: string; hostname?: string; port: number | string; lookup?: net.LookupFunction };

/** Puts itself where the client opens its sockets: says what would be dialled, and opens nothing. */
function diallings(): Dial[] {
	const dials: Dial[] = [];
	const note = (options: Dialling) => {
		const dial = { host: options.host, port: Number(options.port), address: options.host };
		options.lookup?.(options.host, {}, (_, address) => {
			dial.address = String(address);
		});
		dials.push(dial);
		const socket = new net.Socket();
		queueMicrotask(() => socket.destroy(new Error("not dialled")));
		return socket;
	};
	vi.spyOn(net, "connect").mockImplementation(note as unknown as typeof net.connect);
	vi.spyOn(tls, "connect").mockImplementation(note as unknown as typeof tls.connect);
	return dials;
}
afterEach(() => vi.restoreAllMocks());

const HOSTS = [
	"example.org",
	"EXAMPLE.org.",
	"ex%61mple.org",
	"exa\u00admple.org",
	"例え.テスト",
	"xn--r8jz45g.xn--zckzah",
	"8.8.8.8",
	"134744072",
	"0x08080808",
	"010.8.8.8",
	"8.8.2056",
	"８.8.8.8",
	"8。8。8。8",
	"[2606:4700:4700::1111]",
	"[2606:4700:4700:0:0:0:0:1111]",
	"[::ffff:8.8.8.8]",
	"127.0.0.1",
	"127.1",
	"2130706433",
	"0x7f.1",
	"0177.1",
	"127.0.0.1.",
	"①②⑦.1",
	"[::1]",
	"[::ffff:127.0.0.1]",
	"[64:ff9b::7f00:1]",
	"[2002:7f00:1::]",
	"localhost",
	"169.254.169.254",
	"10.1",
	"",
];
const SCHEMES = ["http://", "https://", "http:", "HTTP:\\\\", "https:/", "ht\ntp://", " http:///", "//", ""];
const BEFORE = ["", "", "", "user@", "127.0.0.1@", "example.org:80@", "a:b@c@", "%40", "[", "example.org\\@"];
const BEHIND = ["", "/", ":80/", ":443/", ":0/", ":8080", ":080/", "\\@127.0.0.1/", "#@127.0.0.1", "?@127.0.0.1/"];
const MORE = ["", "", "%2f@127.0.0.1", ".", "%00", "\t/", ";127.0.0.1/", "/..//127.0.0.1/", "&@127.0.0.1", "%09"];

/** Addresses put together from pieces that parsers have read differently. */
function* invented(count: number): Generator<string> {
	const random = seeded(12);
	for (let n = 0; n < count; n++)
		yield [SCHEMES, BEFORE, HOSTS, BEHIND, MORE].map((pieces) => pick(random, pieces)).join("");
}

const folder = testData("security-cases");
const suite = folder
	? readFileSync(join(folder, "ssrf_urls.jsonl"), "utf8")
			.split("\n")
			.filter(Boolean)
			.map((line) => (JSON.parse(line) as { url: string }).url)
	: [];

/** Those of the addresses that were dialled, with where to. */
async function dialledOf(addresses: Iterable<string>): Promise<[string, Dial][]> {
	const dials = diallings();
	const dialled: [string, Dial][] = [];
	for (const address of addresses) {
		dials.length = 0;
		await read(address, openGuard()).catch(() => undefined);
		dialled.push(...dials.map((dial): [string, Dial] => [address, dial]));
	}
	return dialled;
}

/** An IPv4 address in IPv6's clothes is looked at as what it is. */
const isPrivate = (address: string) =>
	/^::ffff:|^[\d.]+$/.test(address)
		? PRIVATE.ipv4.check(address, net.isIPv6(address) ? "ipv6" : "ipv4")
		: PRIVATE.ipv6.check(address, "ipv6");

/** What is wrong with a connection that an address led to, in the eyes of Node alone. */
function wrongWith([address, { host, port, address: to }]: [string, Dial]): string[] {
	const meant = new URL(address);
	const name = meant.hostname.replace(/^\[|\]$/g, "");
	const isRight =
		host === name &&
		port === Number(meant.port || (meant.protocol === "https:" ? 443 : 80)) &&
		to === (net.isIP(name) ? name : PUBLIC) &&
		!isPrivate(to);
	return isRight ? [] : [`${JSON.stringify(address)} went to ${host} (${to}) port ${port}`];
}

describe("SSRF-12: what is dialled is what was checked", () => {
	test("for three thousand addresses made of pieces that have been read in two ways", async () => {
		const dialled = await dialledOf(invented(3000));
		expect(dialled.length).toBeGreaterThan(300);
		expect(new Set(dialled.map(([, { host }]) => host)).size).toBeGreaterThan(5);
		expect(dialled.flatMap(wrongWith)).toEqual([]);
	});

	test.skipIf(!folder)("for those of the public suites (needs SOUNDINGS_TEST_DATA)", async () => {
		const dialled = await dialledOf(suite);
		expect(suite.length).toBeGreaterThan(80);
		expect(dialled.length).toBeGreaterThan(0);
		expect(dialled.flatMap(wrongWith)).toEqual([]);
	});
});

/** Files that see a visitor's headers. */
const READING = /next\/headers|\bNextRequest\b|request\.headers|nextUrl/;
/** Ways out: of the server itself, of its tools, to models and sandboxes. */
const SENDING = /\bfetch\(|\bundici\b|node:https?"|guardedFetch|configuredFetch|configuredStream|modelFetch/;

test("SSRF-14: no file that sees the headers of a request sends one of its own, but the browser's own proxy", () => {
	const code = sourcePaths(".", ["app", "lib"])
		.concat("proxy.ts")
		.filter((path) => !/\.test\.tsx?$/.test(path))
		.map((path) => ({ path, text: readFileSync(path, "utf8") }));
	const seeing = code.filter(({ text }) => READING.test(text));
	expect(seeing.length).toBeGreaterThan(3);
	expect(code.filter(({ text }) => SENDING.test(text)).length).toBeGreaterThan(5);
	expect(seeing.filter(({ text }) => SENDING.test(text)).map(({ path }) => path)).toEqual([
		"lib/web/render/egress-proxy.ts",
	]);
});
