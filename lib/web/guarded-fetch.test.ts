import { readFileSync } from "node:fs";
import http from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createGzip, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { testData } from "../../e2e/test-data";
import { checkedUrl, isPublic } from "./address";
import { type Guard, guardedFetch, LIMITS } from "./guarded-fetch";
import { WebError } from "./web-error";

const code = (run: () => unknown): string => {
	try {
		run();
		return "allowed";
	} catch (error) {
		if (error instanceof WebError) return error.code;
		throw error;
	}
};

describe("an address", () => {
	test.each([
		"http://127.1",
		"http://2130706433",
		"http://0x7f000001",
		"http://0177.0.0.1",
		"http://127.0.0.1.",
		"http://①②⑦.⓪.⓪.①",
		"http://127。0。0。1",
		"http:127.0.0.1",
		"http:///127.0.0.1/",
		"http://0",
		"http://2852039166",
		"http://0xA9FEA9FE",
		"http://[::ffff:127.0.0.1]",
		"http://[::1]",
		"http://[64:ff9b::7f00:1]",
		"http://[2002:7f00:1::]",
		"http://[::7f00:1]",
		"http://localhost",
		"http://LOCALHOST.",
		"http://loc%61lhost",
		"http://x.localhost",
		"http://printer.local",
		"http://intranet",
		"http://metadata.google.internal",
		"http://host.docker.internal",
		"http://example.com:8080",
		"http://user:pw@example.com",
	])("%s is refused before any name is looked up", (address) => {
		expect(code(() => checkedUrl(address, []))).toBe("blocked_address");
	});

	test.each(["file:///etc/passwd", "gopher://x.org", "data:text/plain,x", "javascript:1", "ftp://x.org"])(
		"%s has a refused scheme",
		(address) => {
			expect(code(() => checkedUrl(address, []))).toBe("blocked_scheme");
		},
	);

	test.each(["http://example.com/a", "https://example.org", "http://8.8.8.8", "https://[2606:4700:4700::1111]/x"])(
		"%s may go on",
		(address) => {
			expect(code(() => checkedUrl(address, []))).toBe("allowed");
		},
	);

	test.each([
		"10.0.0.1",
		"100.64.0.1",
		"127.0.0.1",
		"169.254.1.1",
		"172.16.0.1",
		"192.0.0.1",
		"192.0.2.1",
		"192.88.99.1",
		"192.168.0.1",
		"198.18.0.1",
		"198.51.100.1",
		"203.0.113.1",
		"224.0.0.1",
		"240.0.0.1",
		"255.255.255.255",
		"0.0.0.0",
		"::",
		"::1",
		"::ffff:10.0.0.1",
		"64:ff9b::a00:1",
		"100::1",
		"2001::1",
		"2001:db8::1",
		"2002:a00:1::1",
		"3fff::1",
		"5f00::1",
		"fc00::1",
		"fe80::1",
		"fec0::1",
		"ff02::1",
		"64:ff9b:1::1",
	])("%s is not public", (address) => {
		expect(isPublic(address)).toBe(false);
	});
});

type Row = { id: string; url: string; expected: string };
const folder = testData("security-cases");
const rows: Row[] = folder
	? readFileSync(join(folder, "ssrf_urls.jsonl"), "utf8")
			.split("\n")
			.filter(Boolean)
			.map((line) => JSON.parse(line) as Row)
	: [];

describe.skipIf(!folder)("addresses of the public suites", () => {
	test.each(rows.filter(({ expected }) => expected === "block").map((row) => [row.id, row.url] as const))(
		"%s %s is refused",
		(_, url) => {
			expect(code(() => checkedUrl(url, []))).not.toBe("allowed");
		},
	);
});

const open: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
	for (const socket of sockets.splice(0)) socket.destroy();
	for (const server of open.splice(0)) server.close();
});

type Served = { url: string; hits: string[]; guard: Guard };

async function serve(handle: http.RequestListener): Promise<Served> {
	const hits: string[] = [];
	const server = http.createServer((request, response) => {
		hits.push(request.url ?? "");
		handle(request, response);
	});
	server.on("connection", (socket) => sockets.push(socket));
	open.push(server);
	await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { url: `http://${host}`, hits, guard: guard({ allowed: [host] }) };
}

const guard = (changes: Partial<Guard> = {}): Guard => ({
	allowed: [],
	resolve: async () => [{ address: "93.184.215.14", family: 4 }],
	limits: { ...LIMITS, totalMs: 1500, firstByteMs: 400, idleMs: 300, connectMs: 400, maxBytes: 200_000 },
	...changes,
});

const fetchCode = async (url: string, with_: Guard): Promise<string> =>
	guardedFetch(url, new AbortController().signal, with_).then(
		() => "read",
		(error: unknown) => (error instanceof WebError ? error.code : Promise.reject(error)),
	);

describe("names", () => {
	test.each([
		[
			"a private address beside a public one",
			[
				{ address: "93.184.215.14", family: 4 },
				{ address: "127.0.0.1", family: 4 },
			],
			"blocked_address",
		],
		["only a private one", [{ address: "10.1.1.1", family: 4 }], "blocked_address"],
		["nothing", [], "dns"],
	])("that resolve to %s are refused", async (_, answers, told) => {
		expect(await fetchCode("http://example.com/", guard({ resolve: async () => answers }))).toBe(told);
	});

	test("are looked up once, and the connection goes to the address that was checked", async () => {
		let asked = 0;
		const resolve = async () => [{ address: asked++ === 0 ? "203.0.114.7" : "127.0.0.1", family: 4 }];
		const told = await fetchCode("http://example.com/", guard({ resolve }));
		expect(told).not.toBe("blocked_address");
		expect(asked).toBe(1);
	});
});

describe("redirects", () => {
	test("to a private place are not followed, however they are written", async () => {
		const secret = await serve((_, response) => response.end("secret"));
		for (const location of [
			`${secret.url}/x`,
			secret.url.replace("http:", ""),
			"file:///etc/passwd",
			"http://localhost/",
		]) {
			const door = await serve((_, response) => response.writeHead(302, { location }).end());
			expect(["blocked_address", "blocked_scheme"]).toContain(await fetchCode(door.url, door.guard));
		}
		expect(secret.hits).toEqual([]);
	});

	test("SSRF-06: end after five", async () => {
		const loop = await serve((_, response) => response.writeHead(302, { location: "/again" }).end());
		expect(await fetchCode(loop.url, loop.guard)).toBe("too_many_redirects");
		expect(loop.hits.length).toBe(6);
	});
});

describe("bodies", () => {
	test("are read, gzip undone", async () => {
		const page = await serve((_, response) =>
			response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("deep")),
		);
		const { bytes } = await guardedFetch(page.url, new AbortController().signal, page.guard);
		expect(bytes.toString()).toBe("deep");
	});

	test("that unpack to more than the limit are dropped while they come", async () => {
		const bomb = await serve((_, response) => {
			response.writeHead(200, { "content-encoding": "gzip" });
			const zip = createGzip();
			zip.pipe(response);
			const zeros = Buffer.alloc(1_000_000);
			const pour = () => {
				if (!response.destroyed) zip.write(zeros, () => setImmediate(pour));
			};
			pour();
		});
		expect(await fetchCode(bomb.url, bomb.guard)).toBe("too_large");
	});

	test("packed more than twice, or in an unknown way, are refused", async () => {
		for (const encoding of ["gzip, gzip, gzip", "foo"]) {
			const page = await serve((_, response) => response.writeHead(200, { "content-encoding": encoding }).end("x"));
			expect(await fetchCode(page.url, page.guard)).toBe("unsupported_encoding");
		}
	});

	test("B044 BOMB-03: that never end, or only drip, end by the clock", async () => {
		const endless = await serve((_, response) => {
			const timer = setInterval(() => response.write("x"), 50);
			response.on("close", () => clearInterval(timer));
		});
		expect(await fetchCode(endless.url, endless.guard)).toBe("timeout");
		const silent = await serve((_, response) => response.write("x"));
		expect(await fetchCode(silent.url, silent.guard)).toBe("timeout");
	});

	test.each([
		["HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc"],
		["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nx\r\n"],
		[`HTTP/1.1 200 OK\r\nx: ${"a".repeat(100_000)}\r\n\r\n`],
		["<html>no headers</html>"],
		["HTTP/1.1 101 Switching Protocols\r\n\r\n"],
	])("with broken framing become an error, not a crash (%#)", async (raw) => {
		const server = createServer((socket) => {
			sockets.push(socket);
			socket.on("error", () => undefined);
			socket.once("data", () => socket.end(raw));
		});
		open.push(server);
		await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
		const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
		expect(["unreachable", "timeout"]).toContain(await fetchCode(`http://${host}/`, guard({ allowed: [host] })));
	});
});

test("SSRF-13: a closed port and a name that does not answer sound alike to the model", async () => {
	const gone = await serve(() => undefined);
	for (const server of open.splice(0)) server.close();
	const signal = new AbortController().signal;
	await expect(guardedFetch(gone.url, signal, gone.guard)).rejects.toThrow("The site could not be reached.");
});

test("a cancelled run ends its request at once, with the run's own reason", async () => {
	const slow = await serve(() => undefined);
	const stop = new AbortController();
	const running = guardedFetch(slow.url, stop.signal, slow.guard);
	setTimeout(() => stop.abort(new Error("stopped")), 50);
	await expect(running).rejects.toThrow("stopped");
});

test("SSRF-08: proxies of the environment are not asked", async () => {
	const proxy = await serve((_, response) => response.end("from the proxy"));
	const page = await serve((_, response) => response.end("deep"));
	for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"]) vi.stubEnv(name, proxy.url);
	const { bytes } = await guardedFetch(page.url, new AbortController().signal, page.guard);
	vi.unstubAllEnvs();
	expect(bytes.toString()).toBe("deep");
	expect(proxy.hits).toEqual([]);
});
