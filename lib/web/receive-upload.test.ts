import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { receiveUpload } from "./receive-upload";

const folder = mkdtempSync(join(tmpdir(), "soundings-upload-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HERE = "http://127.0.0.1:3000";
type Parts = { headers?: Record<string, string>; body?: BodyInit; signal?: AbortSignal };

function posted({ headers = {}, body = "some words", signal }: Parts = {}): Request {
	const init = { method: "POST", body, duplex: "half", headers: { host: "127.0.0.1:3000", origin: HERE, ...headers } };
	return new Request(`${HERE}/api/library`, { ...init, ...(signal && { signal }) });
}

const into = (name: string, maxBytes = 1000) => ({ path: join(folder, name), maxBytes });

test("a file from our own page is on disk as it was sent", async () => {
	expect(await receiveUpload(posted(), into("good"))).toEqual({ ok: true, bytes: 10 });
	expect(readFileSync(join(folder, "good"), "utf8")).toBe("some words");
});

test.each([
	["another page's request", { origin: "https://evil.test" }, 403],
	["a request without an origin", { origin: "" }, 403],
	["a name that is not ours", { host: "evil.test" }, 421],
	["two names", { host: "127.0.0.1:3000, evil.test" }, 421],
	["a size that is announced too large", { "content-length": "1001" }, 413],
])("%s is refused before a byte is kept", async (name, headers, status) => {
	expect(await receiveUpload(posted({ headers }), into(name))).toMatchObject({ ok: false, status });
	expect(existsSync(join(folder, name))).toBe(false);
});

test("B098 RES-12: a body that grows beyond its limit leaves nothing, whatever it announced", async () => {
	const body = new ReadableStream({
		pull: (stream) => stream.enqueue(new Uint8Array(400)),
	});
	expect(await receiveUpload(posted({ body }), into("endless"))).toMatchObject({
		status: 413,
		reason: "Larger than 0.001 MB. Split it into smaller files.",
	});
	expect(existsSync(join(folder, "endless"))).toBe(false);
});

test("a body that is cut short leaves nothing", async () => {
	const short = posted({ headers: { "content-length": "11" } });
	expect(await receiveUpload(short, into("short"))).toMatchObject({ ok: false, status: 400 });
	const broken = new ReadableStream({
		start: (stream) => stream.enqueue(new Uint8Array(4)),
		pull: (stream) => stream.error(new Error("gone")),
	});
	expect(await receiveUpload(posted({ body: broken }), into("broken"))).toMatchObject({ ok: false, status: 400 });
	expect(existsSync(join(folder, "short")) || existsSync(join(folder, "broken"))).toBe(false);
});
