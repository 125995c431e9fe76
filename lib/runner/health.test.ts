import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeLibrary } from "../library/library";
import { health } from "./health";

/** Takes every connection and says nothing until it is told to. */
let speaks = false;
let asked = 0;
const server = http.createServer((_, response) => {
	asked++;
	if (speaks) response.end(JSON.stringify({ data: [{ id: "small", max_model_len: 4096 }] }));
});
const folder = mkdtempSync(join(tmpdir(), "health-"));

beforeAll(async () => {
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	Object.assign(process.env, { DATA_DIR: folder, LLM_BASE_URL: `${base}/v1`, LLM_MODEL: "large", SEARXNG_URL: base });
});
afterAll(async () => {
	server.closeAllConnections();
	server.close();
	await closeLibrary();
	rmSync(folder, { recursive: true, force: true });
});

test("B090: servers that do not answer are told with remedies, in bounded time, and not asked again at once", async () => {
	const since = performance.now();
	const seen = await health();
	expect(performance.now() - since).toBeLessThan(2500);
	expect(seen.engine).toMatchObject({ provider: "openai-compatible", id: "large", ok: false });
	expect(seen.search).toMatchObject([
		{ id: "library", ok: false },
		{ id: "searxng", ok: false },
	]);
	expect(seen.problems.map(({ remedy }) => remedy.split(/[ ,]/)[0])).toEqual(["Start", "Correct", "Add"]);
	expect(seen.presets.filter(({ available }) => !available)).toEqual([]);
	const before = asked;
	expect(await health()).toEqual(seen);
	expect(asked).toBe(before);
});

test("a model that the server does not have is named with those it has", async () => {
	speaks = true;
	delete (globalThis as { soundingsHealth?: unknown }).soundingsHealth;
	const { engine } = await health();
	expect(engine).toMatchObject({ ok: false, detail: "The server has small, not large." });
});
