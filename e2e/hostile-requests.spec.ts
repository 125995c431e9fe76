import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { SECURITY_HEADERS } from "../lib/web/request-guard";
import { expectAwake } from "./fixtures/awake";
import { APP_ORIGIN, APP_PORT, type RawRequest, send, sendText } from "./fixtures/raw-request";

const SITE = "http://127.0.0.1:3106/";
const OURS = { origin: APP_ORIGIN };
const JSON_TYPE = { "content-type": "application/json" };

const PAGES = ["/", "/runs", "/compare", "/library", "/settings", "/runs/none", "/nowhere", "/share/none"];
const READ = ["/api/runs/none", "/api/runs/none/events", "/api/settings/meters", "/api/runs/none/export/md"];
const WRITE = ["/api/plan", "/api/mcp", "/api/settings/trial", "/api/library", "/api/attachments"];

/** What each request was answered with, for those that the server could not cope with. */
async function faultsOf(requests: readonly RawRequest[], isFine: (status: number) => boolean): Promise<string[]> {
	const faults: string[] = [];
	for (const one of requests) {
		const { status } = await send(one);
		if (!isFine(status))
			faults.push(`${status} ${one.method ?? "GET"} ${one.path.slice(0, 80)} ${String(one.body).slice(0, 60)}`);
	}
	return faults;
}

/** JSON that is right and two hundred thousand levels deep. */
const DEEP = "[".repeat(200_000) + "]".repeat(200_000);

const isRefused = (status: number) => status >= 400 && status < 500;
const isNoFault = (status: number) => status < 500;

test("CSP-01: every page, route, file and error carries the headers", async () => {
	const script = /\/_next\/static\/[^"]+\.js/.exec((await send({ path: "/" })).text)?.[0] ?? "";
	for (const path of [...PAGES, ...READ, ...WRITE]) {
		const { headers } = await send({ path });
		expect(headers, path).toMatchObject(SECURITY_HEADERS);
		expect(headers["content-security-policy"], path).toContain("default-src 'none'");
		expect(headers["x-powered-by"], path).toBeUndefined();
	}
	// A browser asks for the last by itself when the head of a page that comes in parts has named no icon yet.
	for (const path of [script, "/icon.svg", "/favicon.ico"]) {
		const { status, headers } = await send({ path });
		expect(status, path).toBe(200);
		expect(headers, path).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
	}
});

test("CSP-04 B108 FW-01: what a request says of its way through the server counts for nothing", async () => {
	const planted = '"><script>planted()</script>';
	const lies = {
		"x-nonce": planted,
		"content-security-policy": "default-src *",
		"x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
		"x-middleware-rewrite": "/settings",
		"x-middleware-next": "1",
		"x-invoke-path": "/settings",
		"x-matched-path": "/settings",
		"x-now-route-matches": "1=settings",
		"x-original-url": "/settings",
		"x-rewrite-url": "/settings",
	};
	const { status, headers, text } = await send({ path: "/runs/none", headers: lies });
	expect(status).toBe(404);
	expect(text).not.toContain("planted()");
	expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self' 'nonce-[\w+/=]{24}'/);
	for (const path of ["/settings", "/settings.rsc", "/%73ettings", "/./settings", "/_next/data/x/settings.json"]) {
		const under = await send({ path, headers: { ...lies, host: "evil.test" } });
		expect(under.status, path).toBe(421);
	}
});

test("NET-05: a name or a way that is told in headers opens nothing", async () => {
	const told = { "x-forwarded-host": "evil.test", "x-forwarded-proto": "https", forwarded: "host=evil.test" };
	for (const path of ["/", "/api/settings/trial", "/runs"]) {
		const posted = await send({ path, method: "POST", headers: { ...told, origin: "http://evil.test" }, body: "{}" });
		expect(posted.status, path).toBe(403);
	}
	const { text } = await send({ path: "/", headers: told });
	expect(text).not.toContain("evil.test");
});

test("NET-08 B105: a method that a route does not have changes nothing and is refused", async () => {
	const before = (await send({ path: "/runs" })).text.match(/href="\/runs\/[\w-]{20,}/g)?.length ?? 0;
	const methods = ["PUT", "DELETE", "PATCH", "PROPFIND"];
	const asked = [...READ, ...WRITE].flatMap((path) => methods.map((method) => ({ path, method, headers: OURS })));
	expect(await faultsOf(asked, isRefused)).toEqual([]);
	const onPages = PAGES.flatMap((path) =>
		["PUT", "DELETE", "PATCH"].map((method) => ({ path, method, headers: OURS })),
	);
	expect(await faultsOf(onPages, isNoFault)).toEqual([]);
	expect(await faultsOf([{ path: "/runs?delete=1" }, { path: "/api/runs/none?delete=1" }], isNoFault)).toEqual([]);
	const after = (await send({ path: "/runs" })).text.match(/href="\/runs\/[\w-]{20,}/g)?.length ?? 0;
	expect(after).toBe(before);
});

test("RES-13 FW-03 B109: malformed server actions are refused fast, and the server lives on", async () => {
	const payloads = [
		'["$1:__proto__:constructor"]',
		`[${'"$1",'.repeat(100_000)}"$1"]`,
		'["$@1"]',
		'["$F1"]',
		"[".repeat(200_000),
		DEEP,
		"",
		"\u0000\u0001",
	];
	const part = (body: string) =>
		`--b\r\nContent-Disposition: form-data; name="0"\r\n\r\n${body}\r\n--b\r\nContent-Disposition: form-data; name="1"\r\n\r\n"$@0"\r\n--b--\r\n`;
	const known = Object.keys(JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")).node);
	expect(known.length).toBeGreaterThan(20);
	const ids = ["0".repeat(42), "x", "__proto__", "a".repeat(10_000)];
	const asked = payloads.flatMap((body, at) => {
		const headers = { ...OURS, "next-action": ids[at % ids.length] ?? "x" };
		return ["/", "/runs/none", "/library"].flatMap((path) => [
			{ path, method: "POST", headers: { ...headers, "content-type": "text/plain;charset=UTF-8" }, body },
			{
				path,
				method: "POST",
				headers: { ...headers, "content-type": "multipart/form-data; boundary=b" },
				body: part(body),
			},
		]);
	});
	const since = performance.now();
	expect(await faultsOf(asked, isNoFault)).toEqual([]);
	for (const id of known.slice(0, 2)) {
		const headers = { ...OURS, "next-action": id, "content-type": "text/plain;charset=UTF-8" };
		for (const body of [DEEP, `[${DEEP}]`]) await send({ path: "/", method: "POST", headers, body });
	}
	expect(performance.now() - since).toBeLessThan(30_000);
	await expectAwake();
});

test("B103 B104 B106: ids, queries and paths that are none lead to no fault", async () => {
	const ids = [
		"..",
		"%2e%2e%2f",
		"%00",
		"%E0%A4%A",
		"x".repeat(10_000),
		"undefined",
		"NaN",
		"__proto__",
		"constructor",
	];
	const byId = ids.flatMap((id) => [
		`/runs/${id}`,
		`/api/runs/${id}`,
		`/api/runs/${id}/events`,
		`/api/runs/${id}/export/md`,
		`/share/${id}`,
		`/api/attachments/${id}`,
	]);
	const queries = [
		"limit=-1",
		"limit=1e9",
		"cursor=%ff",
		"sort=;drop",
		"q=a&q=b",
		"tag[]=x",
		"call=1e999",
		"call=-1",
		"at=9007199254740993",
		"tab=none",
		"calls=9-1",
		"find=%00",
	];
	const byQuery = queries.flatMap((query) => [
		`/runs?${query}`,
		`/library?${query}`,
		`/compare?${query}`,
		`/runs/none?${query}`,
	]);
	const odd = [
		"//x",
		"/./runs",
		"/../../etc/passwd",
		"/%2e%2e/%2e%2e/etc/passwd",
		"/runs\\none",
		"/runs;a=b",
		"/runs.rsc",
		"/runs.txt",
		"/runs.segments/_tree.segment.rsc",
		"/_next/data/x/runs.json",
		"/runs...",
	];
	const faults = await faultsOf(
		[...byId, ...byQuery, ...odd].map((path) => ({ path })),
		isNoFault,
	);
	expect(faults).toEqual([]);
	for (const path of odd) expect((await send({ path })).text, path).not.toContain("root:");
	expect((await send({ path: `/${"x".repeat(64_000)}` })).status).toBeGreaterThanOrEqual(400);
});

test("RES-13 B096 B097 B099: a body that is none, or is nested without measure, is refused with what is missing", async () => {
	const bodies = [
		"",
		"null",
		"[]",
		'"x"',
		"7",
		'{"what":',
		'\ufeff{"what":"model"',
		"[".repeat(200_000),
		'{"a":'.repeat(200_000),
		`{"what":${DEEP},"question":${DEEP}}`,
		DEEP,
		Buffer.from([0xff, 0xfe, 0x7b]),
	];
	const types = [
		"application/json",
		"text/plain",
		"application/x-www-form-urlencoded",
		"multipart/form-data",
		"application/json; charset=utf-16",
		"application/x-ndjson",
	];
	for (const path of ["/api/mcp", "/api/settings/trial"]) {
		const asked = bodies.map((body, at) => ({
			path,
			method: "POST",
			headers: { ...OURS, "content-type": types[at % types.length] ?? "" },
			body,
		}));
		expect(await faultsOf(asked, (status) => status === 400), path).toEqual([]);
		const { text } = await send({ path, method: "POST", headers: { ...OURS, ...JSON_TYPE }, body: "[]" });
		expect(JSON.parse(text).error, path).toMatch(/\w+ .*object/);
	}
	const broken = ["", '{"what":', "[".repeat(200_000), '{"a":'.repeat(200_000)].map((body) => {
		return { path: "/api/plan", method: "POST", headers: { ...OURS, ...JSON_TYPE }, body };
	});
	expect(await faultsOf(broken, (status) => status === 400)).toEqual([]);
	const plans = bodies.map((body) => ({ path: "/api/plan", method: "POST", headers: { ...OURS, ...JSON_TYPE }, body }));
	expect(await faultsOf(plans, isNoFault)).toEqual([]);
	await expectAwake();
});

test("B107: odd headers are left aside or refused", async () => {
	const odd: Record<string, string>[] = [
		{ cookie: Array.from({ length: 200 }, (_, at) => `c${at}=${at}`).join("; ") },
		{ cookie: "=;;; soundings-theme=<script>; NEXT_LOCALE=../../x" },
		{ authorization: "Basic !!!" },
		{ authorization: "Bearer " },
		{ range: `bytes=${Array.from({ length: 500 }, () => "0-").join(",")}` },
		{ "if-none-match": 'W/"x', "if-modified-since": "yesterday" },
		{ accept: "garbage;;q=x", "accept-encoding": "*;q=0", "accept-language": "x".repeat(5000) },
		{ "x-long": "x".repeat(20_000) },
	];
	const asked = odd.flatMap((headers) => ["/", "/icon.svg", "/api/runs/none"].map((path) => ({ path, headers })));
	expect(await faultsOf(asked, isNoFault)).toEqual([]);
});

test("NET-12 B110: upgrades, proxies' requests and many at once reach nothing else", async () => {
	const host = `Host: 127.0.0.1:${APP_PORT}\r\n`;
	const upgrade = `GET / HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`;
	expect(await sendText(upgrade, 1500)).not.toMatch(/^HTTP\/1\.1 101/);
	expect(await sendText("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 1500)).not.toMatch(/^HTTP\/1\.1 [1235]/);
	expect(await sendText(`CONNECT 127.0.0.1:3106 HTTP/1.1\r\n${host}\r\n`, 1500)).not.toMatch(/^HTTP\/1\.1 [125]/);
	const away = await sendText(`GET ${SITE} HTTP/1.1\r\nHost: 127.0.0.1:3106\r\nConnection: close\r\n\r\n`, 3000);
	expect(away).toMatch(/^HTTP\/1\.1 [34]\d\d/);
	expect(away).not.toContain("<html");
	const both = `POST /api/mcp HTTP/1.1\r\n${host}Origin: ${APP_ORIGIN}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n${host}\r\n`;
	expect((await sendText(both, 3000)).match(/^HTTP\/1\.1 \d+/gm)).toEqual(["HTTP/1.1 400"]);
	const one = (more: string) => `GET /api/runs/none HTTP/1.1\r\n${host}${more}\r\n`;
	const many = one("").repeat(99) + one("Connection: close\r\n");
	expect((await sendText(many, 6000)).match(/HTTP\/1\.1 404/g)).toHaveLength(100);
});

test("CSP-05 B115: another site neither frames the product nor holds on to its window", async ({ page }) => {
	await page.goto(SITE);
	await page.evaluate((address) => {
		const frame = document.createElement("iframe");
		frame.src = address;
		document.body.append(frame);
		return new Promise((loaded) => frame.addEventListener("load", loaded, { once: true }));
	}, APP_ORIGIN);
	await expect.poll(() => page.frames().at(-1)?.url()).toMatch(/^chrome-error:/);
	const coming = page.waitForEvent("popup");
	const isCut = page.evaluate(async (address) => {
		const opened = window.open(address);
		for (let wait = 0; wait < 50 && !opened?.closed; wait++) await new Promise((go) => setTimeout(go, 100));
		return opened?.closed;
	}, APP_ORIGIN);
	const popup = await coming;
	expect(await isCut).toBe(true);
	expect(await popup.evaluate(() => window.opener)).toBeNull();
});
