import { existsSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { boxes, folder, newRun, python, sandboxed } from "../../e2e/fixtures/sandboxed";
import { closeSandboxes } from "./sandboxes";

describe("B123, PY-07: files", () => {
	sandboxed(
		"one that is too long is refused, too many end the call and go",
		async () => {
			const run = newRun();
			const long = await python("with open('long', 'wb') as long:\n    while True: long.write(b'x' * 10 ** 6)", run);
			expect(long.error?.value).toMatch(/File too large|No space left/);
			const many = await python("for i in range(10 ** 6): open(f'file-{i}', 'w').write('x')", run);
			expect(many.stopped).toContain("10,000 files");
			expect((await python("import os; os.listdir('.')", run)).result).toBe("[]");
		},
		30_000,
	);

	sandboxed("what comes back are regular files of kinds that may be shown, under plain names", async () => {
		const run = newRun();
		const ran = await python(
			`
import os, socket
png = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000030000000208060000009d747b14")
open("good.png", "wb").write(png)
os.symlink("/proc/self/environ", "link.txt")
os.symlink("/usr/share", "linked")
os.link("good.png", "hard.png")
os.mkfifo("pipe.txt")
open("../../../../home/user/up.csv", "w").write("a,b\\n1,2\\n")
open("x" * 251 + ".txt", "w").write("long name")
open("line\\nbreak.txt", "w").write("text")
open("program.bin", "wb").write(b"\\x7fELF" + bytes(100))
open("lies.png", "wb").write(b"<html><script>alert(1)</script>")
open("empty.txt", "w")
open("drawing.svg", "w").write('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
try: os.mknod("device", 0o600 | 0o020000, os.makedev(1, 3)); print("MADE")
except OSError: print("refused")
`,
			run,
		);
		expect(ran.stdout).toBe("refused\n");
		const told = ran.files.map(({ name, type }) => `${name.slice(0, 20)} ${type}`).sort();
		expect(told).toEqual([
			"drawing.svg image/svg+xml",
			"empty.txt text/plain",
			"line_break.txt text/plain",
			"up.csv text/csv",
			`${"x".repeat(20)} text/plain`,
		]);
		expect(ran.files.every(({ hash }) => existsSync(join(folder, "sandboxes", run, "files", hash)))).toBe(true);
	});

	sandboxed("a picture tells its size, and the same call twice keeps it once", async () => {
		const run = newRun();
		const draw =
			"import zlib, struct\ndef chunk(t, d): return struct.pack('>I', len(d)) + t + d + struct.pack('>I', zlib.crc32(t + d))\nopen('p.png', 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 3, 2, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress((b'\\0' + b'\\0' * 9) * 2)) + chunk(b'IEND', b''))";
		const [first] = (await python(draw, run)).files;
		expect(first).toMatchObject({ name: "p.png", type: "image/png", width: 3, height: 2 });
		await python("import time; time.sleep(0.02)", run);
		expect((await python(draw, run)).files[0]?.hash).toBe(first?.hash);
		expect(readdirSync(join(folder, "sandboxes", run, "files"))).toHaveLength(1);
		expect((await python("1", run)).files).toEqual([]);
	});

	sandboxed("a file put into a new sandbox does not count as something that ran there", async () => {
		const run = newRun();
		const id = await boxes(run).create();
		await boxes(run).put(id, "/home/user/deep/a.csv", Buffer.from("m\n41\n"));
		expect((await boxes(run).python("x = open('deep/a.csv').read()", id)).notes).toEqual([]);
		await closeSandboxes(run);
		expect((await boxes(run).python("1", id)).notes.join()).toContain("started anew");
	});

	sandboxed("a file is never written through a link that code has left", async () => {
		const run = newRun();
		await python("import os; os.symlink('/tmp', 'out'); os.symlink('/etc/passwd', 'name')", run);
		await expect(boxes(run).put("main", "/home/user/out/x.txt", Buffer.from("x"))).rejects.toThrow("out is no folder");
		await expect(boxes(run).put("main", "/home/user/name", Buffer.from("x"))).rejects.toThrow("is there already");
		expect(await boxes(run).put("main", "../../../deep/er/x.txt", Buffer.from("x"))).toBe("/home/user/deep/er/x.txt");
		expect((await python("open('deep/er/x.txt', 'a').write('y'); open('deep/er/x.txt').read()", run)).result).toBe(
			"'xy'",
		);
		symlinkSync(join(folder, "soundings.db"), join(folder, "sandboxes", run, "boxes", "main", "db.txt"));
		expect(await boxes(run).find("db.txt")).toBeUndefined();
	});
});

describe("PY-10: state", () => {
	sandboxed("stays in its sandbox: another run and a throw-away find nothing", async () => {
		const [one, other] = [newRun(), newRun()];
		await python(
			"kept = 41\nfor place in ('/home/user/x', '/tmp/X', '/dev/shm/x'): open(place, 'w').write('mine')",
			one,
		);
		expect((await python("kept + 1", one)).result).toBe("42");
		const look = "import os; [os.path.exists(p) for p in ('/home/user/x', '/tmp/X', '/dev/shm/x')]";
		expect((await python(look, other)).result).toBe("[False, False, False]");
		expect((await boxes(one).python(look, undefined)).result).toBe("[False, False, False]");
		const second = await boxes(one).create();
		expect((await boxes(one).python(look, second)).result).toBe("[False, False, False]");
		expect(readdirSync(join(folder, "sandboxes", one, "boxes")).sort()).toEqual([second, "main"].sort());
	});

	sandboxed("after a new start variables are gone, files are there, and the model is told", async () => {
		const run = newRun();
		await python("kept = 1\nopen('file.txt', 'w').write('here')", run);
		await closeSandboxes(run);
		const ran = await python("open('file.txt').read(), 'kept' in globals()", run);
		expect(ran.result).toBe("('here', False)");
		expect(ran.notes[0]).toContain("variables and imports of earlier calls are gone");
	});

	sandboxed("an id of another run, or a path, is no sandbox", async () => {
		const [one, other] = [newRun(), newRun()];
		const id = await boxes(one).create();
		for (const wrong of [id, "../main", "a".repeat(20), "", "main/../main"]) {
			await expect(boxes(other).python("1", wrong)).rejects.toThrow("There is no sandbox");
		}
	});
});

describe("PY-14: what waits for a person or the network", () => {
	const asking = [
		["input()", "EOFError"],
		["import sys; print(repr(sys.stdin.read()))", "''"],
		["import subprocess; subprocess.run(['cat'], stdin=None, timeout=3).returncode", "0"],
		["import urllib.request; urllib.request.urlopen('http://example.com', timeout=3)", "URLError"],
	];
	for (const [code = "", said] of asking) {
		sandboxed(code, async () => {
			const since = performance.now();
			expect(JSON.stringify(await python(code))).toContain(said);
			expect(performance.now() - since).toBeLessThan(3500);
		});
	}
});

describe("B122, PY-15: code as models write it", () => {
	const odd: [string, string][] = [
		["```python\n6 * 7\n```", "42"],
		["\ufeff6 * 7", "42"],
		["x = 6\r\nx * 7\r", "42"],
		[`# ${"x".repeat(900_000)}\n6 * 7`, "42"],
		["'\ud800' and 42", "42"],
	];
	for (const [code, result] of odd) {
		sandboxed(`${JSON.stringify(code.slice(0, 24))} gives ${result}`, async () => {
			expect((await python(code)).result).toBe(result);
		});
	}
	sandboxed("what cannot be run is told in a sentence", async () => {
		await expect(python("")).rejects.toThrow("There is nothing to run");
		await expect(python("```\n```")).rejects.toThrow("There is nothing to run");
		await expect(python("a\0b")).rejects.toThrow("NUL");
		await expect(python("x".repeat(1_000_001))).rejects.toThrow("at most 1000000");
		expect((await python("if True:\n\tx = 1\n        y = 2")).error?.name).toMatch(/TabError|IndentationError/);
		expect((await python("def (")).error?.name).toBe("SyntaxError");
	});
});

describe("plots", () => {
	sandboxed(
		"an open figure becomes a picture, one that was saved comes once",
		async () => {
			const run = newRun();
			const shown = await python("import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]); plt.show()", run);
			expect(shown.stderr).toBe("");
			expect(shown.files).toMatchObject([{ name: "figure-1-1.png", type: "image/png" }]);
			const saved = await python("plt.plot([1, 2]); plt.savefig('mine.png')", run);
			expect(saved.files.map(({ name }) => name)).toEqual(["mine.png"]);
			// A picture that was there before is none of this call, whatever its date.
			await python("import os, time\nos.utime('mine.png', (time.time() + 60,) * 2)", run);
			const next = await python("plt.plot([2, 1]); plt.show()", run);
			expect(next.files.map(({ name }) => name)).toEqual(["figure-4-1.png"]);
		},
		40_000,
	);
});
