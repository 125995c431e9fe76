import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askSearxng, askServer } from "./reach";

const MODELS = JSON.stringify({ object: "list", data: [{ id: "first", max_model_len: 262_144 }, { id: "second" }] });

/** Answers by the first part of the path; `/silent` never does. */
const server = http.createServer((request, response) => {
	const answer = (status: number, body = "") => response.writeHead(status).end(body);
	const path = request.url ?? "";
	if (path === "/v1/models") answer(200, MODELS);
	else if (path === "/keyed/models") answer(request.headers.authorization === "Bearer right" ? 200 : 401, MODELS);
	else if (path === "/page/models") answer(200, "<h1>hello</h1>");
	else if (path === "/json/search?format=json") answer(400, '{"error":"No query"}');
	else if (path === "/html/search?format=json") answer(403);
	else if (path === "/sick/search?format=json") answer(502);
	else if (!path.startsWith("/silent")) answer(404);
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

test("a model server is known by its list of models", async () => {
	expect(await askServer(`${base}/v1/`)).toEqual({
		ok: true,
		id: "first",
		detail: "answers, 262,144 tokens of context",
	});
	expect(await askServer(`${base}/v1`, undefined, "second")).toEqual({ ok: true, id: "second", detail: "answers" });
	expect(await askServer(`${base}/keyed`, "right")).toMatchObject({ ok: true });
});

test.each([
	["/v1", "third", "does not serve third; it has: first, second"],
	["/keyed", undefined, "refuses the key (status 401)"],
	["/page", undefined, "answers, but not as an OpenAI-compatible server does"],
	["", undefined, "has no /models there (status 404); the address mostly ends in /v1"],
	["/silent", undefined, "does not answer within 1.4 s"],
])("what is wrong with %s (model %s) is said", async (path, model, detail) => {
	expect(await askServer(base + path, "wrong", model)).toMatchObject({ ok: false, detail });
});

test("a server that is not there cannot be reached", async () => {
	expect(await askServer("http://127.0.0.1:9/v1")).toMatchObject({ ok: false, detail: "cannot be reached" });
});

test("SearXNG is told apart by what it says to an empty search in JSON", async () => {
	expect(await askSearxng(`${base}/json`)).toEqual({ ok: true, detail: `at ${base}/json answers` });
	expect(await askSearxng(`${base}/html/`)).toEqual({
		ok: false,
		detail: `at ${base}/html/ has its JSON format switched off`,
	});
	expect(await askSearxng(`${base}/sick`)).toEqual({ ok: false, detail: `at ${base}/sick answers with status 502` });
	expect(await askSearxng("http://127.0.0.1:9")).toMatchObject({ ok: false });
});
