import { describe, expect, test } from "vitest";
import { contentPolicy, refusal } from "./request-guard";

const here = { port: 3000, host: "127.0.0.1" };
const get = (...hosts: string[]) => refusal({ method: "GET", hosts, origin: null }, here)?.status;
const post = (origin: string | null, host = "127.0.0.1:3000") =>
	refusal({ method: "POST", hosts: [host], origin }, here)?.status;

describe("the Host header", () => {
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

describe("the Origin header of a request that changes something", () => {
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

	test("a rebound name fails although Host and Origin agree", () => {
		expect(post("http://evil.test:3000", "evil.test:3000")).toBe(421);
	});
});

test("the policy lets scripts run by nonce only, and no evaluation outside development", () => {
	expect(contentPolicy("abc", false)).toContain("script-src 'self' 'nonce-abc';");
	expect(contentPolicy("abc", false)).not.toContain("unsafe-eval");
	expect(contentPolicy("abc", true)).toContain("unsafe-eval");
});
