import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { serveWeb, type WebServer } from "../../e2e/fixtures/web-server";
import { closeExtraction } from "./extract";
import { type Guard, LIMITS } from "./guarded-fetch";
import { HostTurns } from "./host-turns";
import { readPage } from "./read-page";

const open: WebServer[] = [];
afterEach(async () => {
	for (const server of open.splice(0)) await server.close();
});

/** The settings are read once: the reader that pages of scripts go to is up before the first of them. */
const jina = await serveWeb((request, response) => {
	if (request.url?.endsWith("/b")) response.writeHead(402).end();
	else response.end(JSON.stringify({ code: 200, data: { title: "Tides", content: "The tide at Skarn." } }));
});
process.env.JINA_BASE_URL = jina.url;
process.env.JINA_API_KEY = "planted-key";
afterAll(async () => {
	await jina.close();
	await closeExtraction();
});

type Site = Record<string, { status?: number; headers?: Record<string, string>; body?: string }>;

async function serve(site: Site): Promise<WebServer> {
	const server = await serveWeb((request, response) => {
		const {
			status = 200,
			headers = { "content-type": "text/plain" },
			body = "",
		} = site[request.url ?? ""] ?? {
			status: 404,
		};
		const known = headers.etag !== undefined && request.headers["if-none-match"] === headers.etag;
		response.writeHead(known ? 304 : status, headers).end(known ? "" : body);
	});
	open.push(server);
	return server;
}

const guardOf = ({ host }: WebServer): Guard => ({ allowed: [host], resolve: async () => [], limits: LIMITS });
const read = (server: WebServer, path: string, again = false) =>
	readPage(server.url + path, new AbortController().signal, { guard: guardOf(server), again });
const asked = ({ hits }: WebServer) => hits.map(({ url }) => url);

describe("robots.txt", () => {
	test("is asked once and says which pages are not read, for all programs or for this one by name", async () => {
		const site = await serve({
			"/robots.txt": { body: "User-agent: *\nDisallow: /all\n\nUser-agent: Soundings\nDisallow: /ours\n" },
			"/ours/1": { body: "no" },
			"/all/1": { body: "for us there are rules of our own" },
		});
		await expect(read(site, "/ours/1")).rejects.toThrow("robots.txt asks programs not to read this page");
		expect((await read(site, "/all/1")).text).toContain("rules of our own");
		expect(asked(site)).toEqual(["/robots.txt", "/all/1"]);
	});

	test("that is missing allows everything, one that the server fails to give allows nothing (RFC 9309)", async () => {
		const without = await serve({ "/a": { body: "a page" } });
		expect((await read(without, "/a")).text).toBe("a page");
		const failing = await serve({ "/robots.txt": { status: 503 }, "/a": { body: "a page" } });
		await expect(read(failing, "/a")).rejects.toThrow("robots.txt");
	});

	test("is asked of the host that a page redirects to as well", async () => {
		const target = await serve({ "/robots.txt": { body: "User-agent: *\nDisallow: /" }, "/b": { body: "secret" } });
		const door = await serve({ "/a": { status: 302, headers: { location: `${target.url}/b` } } });
		const guard = { ...guardOf(door), allowed: [door.host, target.host] };
		await expect(readPage(`${door.url}/a`, new AbortController().signal, { guard })).rejects.toThrow("robots.txt");
		expect(asked(target)).toEqual(["/robots.txt"]);
	});
});

describe("a page that was read before", () => {
	test("is taken as it is while its site lets it, and asked for anew by its tag after that", async () => {
		const site = await serve({
			"/kept": { headers: { "content-type": "text/plain", "cache-control": "max-age=600" }, body: "kept" },
			"/tagged": {
				headers: { "content-type": "text/plain", "cache-control": "no-cache", etag: '"1"' },
				body: "tagged",
			},
		});
		for (const path of ["/kept", "/kept", "/tagged", "/tagged"])
			expect((await read(site, path)).text).toBe(path.slice(1));
		expect(asked(site)).toEqual(["/robots.txt", "/kept", "/tagged", "/tagged"]);
		expect(site.hits.at(-1)?.headers["if-none-match"]).toBe('"1"');
	});

	test("is read anew once it has changed, but stays the same within a run", async () => {
		const page = { headers: { "content-type": "text/plain", "cache-control": "no-store", etag: '"1"' }, body: "old" };
		const site = await serve({ "/a": page });
		await read(site, "/a");
		Object.assign(page, { headers: { ...page.headers, etag: '"2"' }, body: "new" });
		expect((await read(site, "/a", true)).text).toBe("old");
		expect((await read(site, "/a")).text).toBe("new");
	});
});

describe("turns at a host", () => {
	const signal = () => new AbortController().signal;

	test("come one after another with a pause between, and other hosts do not wait", async () => {
		const turns = new HostTurns();
		const since = performance.now();
		const first = await turns.take("a", { parallel: 1, delayMs: 100 }, signal());
		const order: string[] = [];
		const second = turns.take("a", { parallel: 1, delayMs: 100 }, signal()).then((leave) => {
			order.push("a");
			return leave;
		});
		(await turns.take("b", { parallel: 1, delayMs: 100 }, signal()))();
		order.push("b");
		first();
		(await second)();
		expect(order).toEqual(["b", "a"]);
		expect(performance.now() - since).toBeGreaterThanOrEqual(95);
	});

	test("BOMB-13: at most 24 requests are out at once, and the next goes when one returns", async () => {
		const turns = new HostTurns();
		const pace = { parallel: 1, delayMs: 0 };
		const out = await Promise.all(Array.from({ length: 24 }, (_, at) => turns.take(`h${at}`, pace, signal())));
		let went = false;
		const waiting = turns.take("one more", pace, signal()).then((leave) => {
			went = true;
			return leave;
		});
		await new Promise(setImmediate);
		expect(went).toBe(false);
		out[0]?.();
		(await waiting)();
		expect(went).toBe(true);
	});

	test("a run that ends leaves the line, and those behind it move up", async () => {
		const turns = new HostTurns();
		const pace = { parallel: 1, delayMs: 0 };
		const first = await turns.take("a", pace, signal());
		const stop = new AbortController();
		const gone = turns.take("a", pace, stop.signal);
		const next = turns.take("a", pace, signal());
		stop.abort(new Error("stopped"));
		await expect(gone).rejects.toThrow("stopped");
		first();
		(await next)();
		expect(stop.signal.aborted).toBe(true);
	});
});

describe("a page made by scripts", () => {
	const SCRIPTED = '<html><body><div id="root"></div><script src="/a.js"></script></body></html>';

	test("is asked of the Jina reader when one is set up, with its key, and told when that fails", async () => {
		const site = await serve({
			"/a": { headers: { "content-type": "text/html" }, body: SCRIPTED },
			"/b": { headers: { "content-type": "text/html" }, body: SCRIPTED },
		});
		expect(await read(site, "/a")).toMatchObject({ title: "Tides", text: "The tide at Skarn.", url: `${site.url}/a` });
		expect(jina.hits.at(-1)?.url).toBe(`/${site.url}/a`);
		expect(jina.hits.at(-1)?.headers.authorization).toBe("Bearer planted-key");
		const failed = await read(site, "/b").catch((error: Error) => error.message);
		expect(failed).toBe("The page is made by scripts, and the Jina reader has no credit left.");
	});
});

test("RES-15: a clock that is set back keeps no host waiting, and one set ahead opens none before its time", async () => {
	const turns = new HostTurns();
	const { signal } = new AbortController();
	(await turns.take("a.example", { parallel: 1, delayMs: 40 }, signal))();
	turns.pause("b.example", 60_000);
	vi.setSystemTime(Date.now() - 86_400_000);
	const since = performance.now();
	(await turns.take("a.example", { parallel: 1, delayMs: 40 }, signal))();
	expect(performance.now() - since).toBeLessThan(5000);
	vi.setSystemTime(Date.now() + 2 * 86_400_000);
	await expect(turns.take("b.example", { parallel: 1, delayMs: 0 }, signal)).rejects.toThrow("left alone for 60 s");
	vi.useRealTimers();
});
