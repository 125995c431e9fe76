import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askSearxng } from "./searxng-state";

/** Answers by path; `/silent` never does. */
const server = http.createServer((request, response) => {
	const statuses: Record<string, number> = { "/json": 400, "/html": 403, "/sick": 502 };
	const status = statuses[(request.url ?? "").replace("/search?format=json", "")];
	if (status !== undefined) response.writeHead(status).end();
});
let base = "";

beforeAll(async () => {
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

test.each([
	["/json", true, "answers"],
	["/json/", true, "answers"],
	["/html", false, "has its JSON format switched off"],
	["/sick", false, "answers with status 502"],
	["/silent", false, "does not answer within 1.4 s"],
])("SearXNG at %s is told by what it says to an empty search in JSON", async (path, ok, detail) => {
	expect(await askSearxng(base + path)).toEqual({ ok, detail: `at ${base}${path} ${detail}` });
});

test("one that is not there cannot be reached", async () => {
	expect(await askSearxng("http://127.0.0.1:9")).toEqual({
		ok: false,
		detail: "at http://127.0.0.1:9 cannot be reached",
	});
});
