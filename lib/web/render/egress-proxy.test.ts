import http from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveWeb, type WebServer } from "../../../e2e/fixtures/web-server";
import { type Guard, LIMITS } from "../guarded-fetch";
import type { Bounds } from "../site-bounds";
import { EgressProxy, type ProxyLease } from "./egress-proxy";

const OPEN: Bounds = { blockedHosts: [], allowedHosts: [] };
let proxy: EgressProxy;
let site: WebServer;
let forbidden: WebServer;
let resolved: string[] = [];

beforeAll(async () => {
	proxy = await EgressProxy.start();
	site = await serveWeb((request, response) => {
		if (request.url === "/large") return void response.end(Buffer.alloc(26_000_000));
		if (request.url === "/asks") return void response.writeHead(407, { "proxy-authenticate": "Basic" }).end();
		response.end(JSON.stringify(request.headers));
	});
	forbidden = await serveWeb((_request, response) => response.end("secret"));
});
afterAll(async () => {
	await Promise.all([proxy.close(), site.close(), forbidden.close()]);
});

const guard = (): Guard => ({
	allowed: [site.host],
	own: ["own.example:80"],
	limits: { ...LIMITS, connectMs: 300 },
	resolve: async (host) => {
		resolved.push(host);
		if (host === "mixed.example")
			return [
				{ address: "93.184.216.34", family: 4 },
				{ address: "127.0.0.1", family: 4 },
			];
		if (host === "nowhere.example") throw new Error("ENOTFOUND");
		return [{ address: host === "six.example" ? "::1" : "127.0.0.1", family: 4 }];
	},
});
const lease = (bounds = OPEN, secure = false): ProxyLease => proxy.lease({ guard: guard(), bounds, secure });
const proof = ({ username, password }: Pick<ProxyLease, "username" | "password">) => ({
	"proxy-authorization": `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
});

type Answer = { status: number; body: string };

function plain(path: string, headers: Record<string, string>): Promise<Answer> {
	return new Promise((done, failed) => {
		const request = http.request({ host: "127.0.0.1", port: proxy.port, path, headers, agent: false }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on("data", (chunk: Buffer) => chunks.push(chunk));
			answer.on("error", failed);
			answer.on("end", () =>
				done({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8", 0, 2000) }),
			);
		});
		request.on("error", failed).end();
	});
}

function tunnel(target: string, headers: Record<string, string>): Promise<Answer> {
	return new Promise((done, failed) => {
		const socket = connect(proxy.port, "127.0.0.1");
		const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
		socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${lines.join("")}\r\n`);
		socket.once("data", (bytes: Buffer) => {
			socket.destroy();
			done({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString())?.[1]), body: bytes.toString() });
		});
		socket.on("error", failed);
	});
}

describe("the egress proxy", () => {
	test("passes what may pass, without its secret and without what a connection alone concerns", async () => {
		const own = lease();
		const answer = await plain(`${site.url}/page`, { ...proof(own), "proxy-connection": "x", "x-kept": "1" });
		expect(answer.status).toBe(200);
		expect(JSON.parse(answer.body)).toMatchObject({ host: site.host, "x-kept": "1" });
		expect(answer.body).not.toMatch(/proxy-/);
		expect((await tunnel(site.host, proof(own))).status).toBe(200);
		expect(own.traffic.refused).toBe(0);
		own.close();
	});

	test("gives nothing to whoever has no lease, a wrong one, or one that has ended", async () => {
		const ended = lease();
		ended.close();
		const strangers = proxy.strangers;
		const own = lease();
		for (const headers of [
			{},
			proof(ended),
			proof({ ...own, password: "0".repeat(48) }),
			proof({ ...own, password: "" }),
		]) {
			expect((await plain(`${site.url}/`, headers)).status).toBe(407);
			expect((await tunnel(site.host, headers)).status).toBe(407);
		}
		expect(proxy.strangers - strangers).toBe(8);
	});

	test.each([
		"FORBIDDEN",
		"127.1:80",
		"[::1]:80",
		"[::ffff:127.0.0.1]:80",
		"169.254.169.254:80",
		"10.0.0.1:443",
		"2130706433:80",
		"localhost:80",
		"printer.local:80",
		"metadata.google.internal:80",
		"inside.example:443",
		"six.example:443",
		"mixed.example:443",
		"public.example:22",
		"own.example:80",
		"user:secret@public.example:80",
		"nonsense",
	])("refuses %s, plain and by tunnel, and names it", async (written) => {
		const target = written === "FORBIDDEN" ? forbidden.host : written;
		const own = lease();
		const [asked, tunnelled] = [await plain(`http://${target}/`, proof(own)), await tunnel(target, proof(own))];
		expect([asked.status, tunnelled.status]).toEqual([502, 502]);
		expect(own.traffic.refused).toBe(2);
		expect(own.traffic.named.length).toBeGreaterThan(0);
		expect(forbidden.hits).toEqual([]);
		own.close();
	});

	test("keeps to the sites of the run: blocked ones, hosts of which a part is blocked, and none beside those allowed", async () => {
		const shut = lease({ blockedHosts: ["127.0.0.1"], allowedHosts: [] });
		expect((await plain(`${site.url}/`, proof(shut))).status).toBe(502);
		const partly = lease({ blockedHosts: ["127.0.0.1/answers"], allowedHosts: [] });
		expect((await plain(`${site.url}/answers/1`, proof(partly))).status).toBe(502);
		expect((await plain(`${site.url}/other`, proof(partly))).status).toBe(200);
		expect((await tunnel(site.host, proof(partly))).status).toBe(502);
		const bound = lease({ blockedHosts: [], allowedHosts: ["example.org"] });
		expect((await tunnel(site.host, proof(bound))).status).toBe(502);
		expect(bound.traffic.named).toEqual([site.host]);
	});

	test("looks a name up once, asks nothing in the open for a page that came over TLS, and tells a failure like a refusal", async () => {
		resolved = [];
		const own = lease();
		const [missing, refused] = [
			await tunnel("nowhere.example:443", proof(own)),
			await tunnel("inside.example:443", proof(own)),
		];
		expect(missing).toEqual(refused);
		expect(resolved).toEqual(["nowhere.example", "inside.example"]);
		expect(own.traffic.named).toEqual(["inside.example:443"]);
		const secure = lease(OPEN, true);
		expect((await plain(`${site.url}/`, proof(secure))).status).toBe(502);
		expect((await plain(`${site.url}/asks`, proof(own))).status).toBe(502);
	});

	test("ends every connection of a page that loads more than 25 MB", async () => {
		const own = lease();
		await expect(plain(`${site.url}/large`, proof(own))).rejects.toThrow();
		expect(own.traffic.overBytes).toBe(true);
		await expect(plain(`${site.url}/`, proof(own))).resolves.toMatchObject({ status: 502 });
	});
});
