import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { json } from "../../e2e/e2b/server";
import { atE2b, folder, here, newRun, python, standIn } from "../../e2e/fixtures/e2b-boxes";
import { partsOf } from "./e2b-files";
import { HOME } from "./engine";

const FILES = "/filesystem.Filesystem/ListDir";
const SECRET = "of this machine, not of a sandbox";

let hits = 0;
const inner = createServer((_, response) => {
	hits++;
	response.end(SECRET);
});
beforeAll(async () => {
	await new Promise<void>((listening) => inner.listen(0, "127.0.0.1", listening));
});
afterAll(() => void inner.close());

/** Code may be root in a sandbox elsewhere, and then answers in place of what listens there. */
const answers = (path: string, reply: (response: ServerResponse) => void) => {
	standIn.twist = (asked) => (asked.path === path ? reply : undefined);
};
const file = (path: string, size = 3) => ({ type: "FILE_TYPE_FILE", path, size: String(size), modifiedTime: "now" });
/** Lists these, and gives the same bytes whichever is asked for. */
const lists = (entries: unknown[], bytes: (response: ServerResponse) => void = (response) => response.end("abc")) => {
	standIn.twist = ({ path, method }) => {
		if (path === FILES) return (response) => json(response, 200, { entries });
		return path === "/files" && method === "GET" ? bytes : undefined;
	};
};
/** Sends the first piece, then the other one again and again. */
const endless = (first: string, piece: string) => (response: ServerResponse) => {
	response.write(first);
	const more = () => {
		let hasRoom = true;
		while (hasRoom) hasRoom = response.write(piece);
	};
	response.on("drain", more);
	more();
};
const allBelow = (path: string) => readdirSync(path, { recursive: true, withFileTypes: true }).map(({ name }) => name);

describe("PY-07: a sandbox elsewhere tells what it likes about its files", () => {
	test.each([
		["/home/user/a.txt", ["a.txt"]],
		["/home/user/deep/a b.txt", ["deep", "a b.txt"]],
		["/home/user/../x", undefined],
		["/home/user/a/../../x", undefined],
		["/home/user/./x", undefined],
		["/home/user//x", undefined],
		["/home/user/", undefined],
		["/home/user", undefined],
		[`${HOME}x/a`, undefined],
		["/etc/passwd", undefined],
		["a.txt", undefined],
		["/home/user/..\\..\\x", undefined],
		["/home/user/C:x", undefined],
		["/home/user/nul\0", undefined],
		["/home/user/line\nbreak", undefined],
		["/home/user/dot.", undefined],
		["/home/user/half\ud800", undefined],
		[`/home/user/${"n".repeat(256)}`, undefined],
		["/home/user/1/2/3/4/5/6", undefined],
		["/home/user/.ssh/keys", undefined],
	])("%j", (path, parts) => {
		expect(partsOf(path)).toEqual(parts);
	});

	atE2b("nothing is written beside the working directory, and never through a link", async () => {
		const run = newRun();
		const outside = join(folder, "outside.txt");
		writeFileSync(outside, "untouched");
		const place = here(run, "link.txt");
		await python("1", run);
		symlinkSync(outside, place);
		symlinkSync(folder, here(run, "linked"));
		lists([
			...["/home/user/../../../up.txt", "/var/up.txt", "up.txt"].map((path) => file(path)),
			{ ...file("/home/user/sym.txt"), type: "FILE_TYPE_SYMLINK" },
			file("/home/user/fine.txt"),
		]);
		expect((await python("1", run)).stopped).toBeUndefined();
		expect(readdirSync(dirname(place)).sort()).toEqual(["fine.txt", "link.txt", "linked"]);
		lists([{ ...file("/home/user/link.txt"), modifiedTime: "later" }]);
		expect((await python("1", run)).stopped).toBeUndefined();
		expect([readFileSync(outside, "utf8"), readFileSync(place, "utf8")]).toEqual(["untouched", "abc"]);
		lists([{ ...file("/home/user/linked/up.txt"), modifiedTime: "later" }]);
		await expect(python("1", run)).rejects.toThrow("linked is no folder in the sandbox.");
		expect(allBelow(folder).filter((name) => name === "up.txt")).toEqual([]);
	});

	const tooMuch: [string, unknown[], ((response: ServerResponse) => void)?][] = [
		["a file of 10 GB", [file("/home/user/big", 10_000_000_000)]],
		["20,000 files", Array.from({ length: 20_000 }, (_, at) => file(`/home/user/${at}`))],
		["many that are too much together", Array.from({ length: 9 }, (_, at) => file(`/home/user/${at}`, 3_000_000))],
		[
			"a file that never ends, whatever its size was said to be",
			[file("/home/user/endless", 3)],
			endless("", "x".repeat(60_000)),
		],
	];
	for (const [name, entries, bytes] of tooMuch) {
		atE2b(name, async () => {
			const run = newRun();
			await python("1", run);
			lists(entries, bytes);
			const ran = await python("open('kept.txt', 'w').write('x')", run);
			expect(ran.stopped).toContain("Stopped because it wrote more than 16 MB");
			expect(ran.files).toEqual([]);
			expect(allBelow(dirname(here(run, "x")))).toEqual([]);
			expect(standIn.ended).toContain(standIn.created.at(-1)?.id);
		});
	}
});

describe("SSRF-04: a sandbox elsewhere that sends us on", () => {
	for (const path of ["/files", FILES, "/execute"]) {
		atE2b(`from ${path} is not followed to this machine`, async () => {
			const run = newRun();
			await python("open('a.txt', 'w').write('x')", run);
			const location = `http://127.0.0.1:${(inner.address() as AddressInfo).port}/`;
			answers(path, (response) => response.writeHead(307, { location }).end());
			await expect(python("open('b.txt', 'w').write('x')", run)).rejects.toThrow("answered with status 307");
			expect(hits).toBe(0);
			expect(existsSync(here(run, "b.txt"))).toBe(false);
		});
	}
});

describe("PY-06: floods of output", () => {
	const line = (text: string) => `${JSON.stringify({ type: "stdout", text })}\n`;
	const floods: [string, (response: ServerResponse) => void][] = [
		["of lines", endless(line("begin"), line("x".repeat(60_000)))],
		["of one line without end", endless(`${line("begin")}{"type":"stdout","text":"`, "x".repeat(60_000))],
	];
	for (const [name, reply] of floods) {
		atE2b(`${name} are stopped, with what came first`, async () => {
			const run = newRun();
			await python("1", run);
			answers("/execute", reply);
			const ran = await python("print('begin')", run);
			expect(ran.stopped).toBe(
				"Stopped because it wrote more than 16 MB of output. Variables are gone, files are kept.",
			);
			expect(ran.stdout.startsWith("begin")).toBe(true);
			expect(ran.stdout.length).toBeLessThan(90_000);
			expect(standIn.ended).toContain(standIn.created.at(-1)?.id);
		});
	}

	atE2b(
		"signs that are parted between two pieces stay whole, and what is no line of the interpreter is passed over",
		async () => {
			const run = newRun();
			await python("1", run);
			const bytes = Buffer.from(`${line("深度")}nonsense\n{"type":7}\n`);
			answers("/execute", (response) => {
				response.write(bytes.subarray(0, 27));
				setTimeout(() => response.end(bytes.subarray(27)), 50);
			});
			expect((await python("1", run)).stdout).toBe("深度");
		},
	);
});
