import { describe, expect, test } from "vitest";
import { contentPolicy, isPageLoad, isSharePath, refusal, sharedContentPolicy } from "./request-guard";

const here = { port: 3000, host: "127.0.0.1" };
const get = (...hosts: string[]) => refusal({ method: "GET", hosts, origin: null, path: "/" }, here)?.status;
const post = (origin: string | null, host = "127.0.0.1:3000") =>
	refusal({ method: "POST", hosts: [host], origin, path: "/" }, here)?.status;

describe("B094 NET-03: the Host header", () => {
	test.each(["127.0.0.1:3000", "localhost:3000", "LOCALHOST:3000", "[::1]:3000"])("%s is ours", (host) => {
		expect(get(host)).toBeUndefined();
	});

	test.each([
		"evil.test",
		"evil.test:3000",
		"127.0.0.1.nip.io:3000",
		"localhost.:3000",
		"localhost:1",
		"",
		"localhost@evil",
		"127.0.0.1",
		"localhost:3000.evil",
	])("%j is not", (host) => {
		expect(get(host)).toBe(421);
	});

	test("none and two are not", () => {
		expect(get()).toBe(421);
		expect(get("localhost:3000", "localhost:3000")).toBe(421);
	});
});

describe("B095 NET-04 NET-07: the Origin header of a request that changes something", () => {
	test.each(["http://127.0.0.1:3000", "http://localhost:3000", "http://[::1]:3000"])("%s is ours", (origin) => {
		expect(post(origin)).toBeUndefined();
	});

	test.each([
		null,
		"null",
		"http://evil.test",
		"http://localhost:8080",
		"http://localhost:3000.evil",
		"HTTP://LOCALHOST:3000",
		"http://localhost:3000/",
		"https://localhost:3000",
		"http://localhost:3000, http://evil.test",
	])("%j is not", (origin) => {
		expect(post(origin)).toBe(403);
	});

	test("NET-06: a rebound name fails although Host and Origin agree", () => {
		expect(post("http://evil.test:3000", "evil.test:3000")).toBe(421);
	});
});

test("the policy lets scripts run by nonce only, and no evaluation outside development", () => {
	expect(contentPolicy("abc", false)).toContain("script-src 'self' 'nonce-abc';");
	expect(contentPolicy("abc", false)).not.toContain("unsafe-eval");
	expect(contentPolicy("abc", true)).toContain("unsafe-eval");
});

describe("the outer name of shared pages", () => {
	const outer = { ...here, shareOrigin: "https://share.example.org" };
	const asked = (method: string, path: string, host = "share.example.org") =>
		refusal({ method, hosts: [host], origin: "https://share.example.org", path }, outer)?.status;

	test.each([
		["GET", "/share/abc"],
		["HEAD", "/share/abc"],
		["GET", "/share/abc/part/page/1"],
		["GET", "/_next/static/chunks/a.js"],
		["GET", "/icon.svg"],
	])("%s %s is answered", (method, path) => {
		expect(asked(method, path)).toBeUndefined();
	});

	test.each([
		["GET", "/"],
		["GET", "/runs"],
		["GET", "/runs/1"],
		["GET", "/compare"],
		["GET", "/api/runs/1"],
		["GET", "/api/runs/1/events"],
		["GET", "/shared"],
		["GET", "/_next/image"],
		["GET", "/_next/data/b/runs.json"],
		["POST", "/"],
		["POST", "/share/abc"],
		["PUT", "/share/abc"],
		["DELETE", "/share/abc"],
		["OPTIONS", "/share/abc"],
	])("%s %s is not there", (method, path) => {
		expect(asked(method, path)).toBe(404);
	});

	test("its name counts exactly, without regard to case", () => {
		expect(asked("GET", "/share/abc", "SHARE.example.org")).toBeUndefined();
		for (const host of ["share.example.org:443", "x.share.example.org", "share.example.org.", "example.org"])
			expect(asked("GET", "/share/abc", host), host).toBe(421);
		expect(refusal({ method: "GET", hosts: ["share.example.org"], origin: null, path: "/share/a" }, here)?.status).toBe(
			421,
		);
	});

	test("the workbench stays under its own name, and takes nothing from the outer one", () => {
		expect(asked("GET", "/runs", "127.0.0.1:3000")).toBeUndefined();
		expect(asked("POST", "/", "127.0.0.1:3000")).toBe(403);
	});
});

test.each(["/share", "/share/a", "/share/a/part/events"])("%s is shared", (path) => {
	expect(isSharePath(path)).toBe(true);
});

test.each(["/", "/shares", "/sharepoint", "/runs/share/"])("%s is not shared", (path) => {
	expect(isSharePath(path)).toBe(false);
});

test("a shared page holds no frame and sends no form", () => {
	expect(sharedContentPolicy("abc", false)).toContain("frame-src 'none';");
	expect(sharedContentPolicy("abc", false)).toContain("form-action 'none';");
	expect(contentPolicy("abc", false)).toContain("form-action 'self';");
});

test.each([
	["GET", { "sec-fetch-dest": "document" }, true],
	["GET", { accept: "text/html,*/*" }, true],
	["HEAD", { "sec-fetch-dest": "document" }, false],
	["GET", { "sec-fetch-dest": "empty", accept: "text/html" }, false],
	["GET", { "sec-fetch-dest": "document", "sec-purpose": "prefetch;prerender" }, false],
	["GET", { "sec-fetch-dest": "document", purpose: "prefetch" }, false],
	["GET", {}, false],
])("%s with %o opens a page: %s", (method, headers, isLoad) => {
	expect(isPageLoad(method, new Headers(headers as Record<string, string>))).toBe(isLoad);
});
