import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, vi } from "vitest";
import { boxes, containersOf, folder, newRun, python, sandboxed } from "../../e2e/fixtures/sandboxed";
import { closeSandboxes } from "./sandboxes";

vi.hoisted(() => {
	process.env.PYTHON_SECONDS = "4";
});

/** Every process of this machine, by number, with the number of its parent. */
const processes = (): Map<number, number> => {
	const lines = execFileSync("ps", ["ax", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
	return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]));
};

/** A process's children, and theirs. */
function descendants(parent: number): number[] {
	const all = processes();
	const found = [parent];
	for (const pid of found) for (const [child, of] of all) if (of === pid) found.push(child);
	return found.slice(1);
}

/** The processes of this machine with a mark in their command. */
const marked = (mark: string): number[] =>
	execFileSync("ps", ["ax", "-o", "pid=,args="], { encoding: "utf8" })
		.split("\n")
		.filter((line) => line.includes(`echo ${mark} `))
		.map(Number.parseFloat);

const alive = (pids: readonly number[]): number[] => pids.filter((pid) => processes().has(pid));

describe("B116, PY-04, PY-12: nothing outlives its time", () => {
	const endless: [string, string][] = [
		["a loop", "while True: pass"],
		["a sleep", "import time; time.sleep(1e6)"],
		[
			"ignored signals",
			"import signal, time\nfor s in (2, 15, 1): signal.signal(s, signal.SIG_IGN)\nwhile True: time.sleep(1)",
		],
		["a fork bomb", "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"],
		[
			"many threads",
			"import threading, time\nfor i in range(10000):\n    try: threading.Thread(target=time.sleep, args=(1e6,), daemon=True).start()\n    except RuntimeError: pass\ntime.sleep(1e6)",
		],
	];
	for (const [name, code] of endless) {
		sandboxed(
			`${name} is over within the limit and two seconds, and leaves no process`,
			async () => {
				const run = newRun();
				const since = performance.now();
				const ran = await python(code, run);
				expect(performance.now() - since).toBeLessThan(6000 + 1500);
				expect(ran.stopped).toContain("Stopped after 4 s");
				const after = await boxes(run).command("ls -d /proc/[0-9]* | wc -l", "main");
				// The sandbox's first process, the watcher, and the shell with its two.
				expect(Number(after.stdout)).toBeLessThanOrEqual(6);
				await closeSandboxes(run);
			},
			20_000,
		);
	}

	sandboxed("a daemon that left its parent and its session dies with the call", async () => {
		const run = newRun();
		const ran = await python(
			`
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: open("/home/user/alive", "w").write(str(time.time())); time.sleep(0.05)
    os._exit(0)
time.sleep(0.3)
print(os.path.exists("/home/user/alive"))`,
			run,
		);
		expect(ran.stdout).toBe("True\n");
		const seen = await python(
			"import os, time\nfirst = os.stat('/home/user/alive').st_mtime\ntime.sleep(0.4)\nos.stat('/home/user/alive').st_mtime == first",
			run,
		);
		expect(seen.result).toBe("True");
	});

	sandboxed("children that nobody waited for are gone, and leave room for the next call", async () => {
		const run = newRun();
		const code =
			"import os, time\nmade = 0\nwhile made < 300:\n    try: pid = os.fork()\n    except OSError: break\n    if pid == 0: time.sleep(60)\n    made += 1\nmade";
		expect(Number((await python(code, run)).result)).toBeGreaterThan(50);
		expect((await boxes(run).command("ls -d /proc/[0-9]* | wc -l", "main")).stderr).toBe("");
		expect(Number((await python(code, run)).result)).toBeGreaterThan(50);
	});

	sandboxed("an abort kills it within two seconds and throws its reason", async () => {
		const abort = new AbortController();
		const run = newRun();
		await python("1", run);
		const [before, containers] = [descendants(process.pid), containersOf(process.pid)];
		const since = performance.now();
		setTimeout(() => abort.abort(new Error("stopped by a person")), 300);
		await expect(boxes(run, abort.signal).python("while True: pass", "main")).rejects.toThrow("stopped by a person");
		expect(performance.now() - since).toBeLessThan(2000);
		expect(before.length).toBeGreaterThan(1);
		await expect.poll(() => descendants(process.pid).length).toBeLessThan(before.length);
		expect(containersOf(process.pid)).toHaveLength(Math.max(0, containers.length - 1));
	});
});

describe("B117, PY-05: memory", () => {
	const greedy: [string, RegExp][] = [
		["len([0] * (10 ** 9))", /^MemoryError$/],
		["len('x' * 10 ** 10)", /^MemoryError$/],
		[
			"import sys; sys.setrecursionlimit(10 ** 9)\ndef f(n): return f(n + 1)\nf(0)",
			/RecursionError|MemoryError|Python ended itself|memory/,
		],
		["import re; re.match(r'(a+)+$', 'a' * 40 + 'b')", /^Stopped after/],
		["len(str(7 ** (10 ** 7)))", /ValueError|^Stopped after/],
		[
			"import os, time\nfor i in range(8):\n    if os.fork() == 0:\n        held = b'1' * (200 * 2 ** 20); time.sleep(60)\ntime.sleep(60)",
			/more than 400 MB of memory/,
		],
	];
	for (const [code, told] of greedy) {
		sandboxed(
			`is held to its limit: ${code.slice(0, 40).replaceAll("\n", " ")}`,
			async () => {
				const before = process.memoryUsage().rss;
				const { error, stopped = "", exit } = await python(code);
				expect(error?.name ?? `${stopped} ${exit}`).toMatch(told);
				expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
			},
			20_000,
		);
	}
});

describe("B118, PY-06: output", () => {
	sandboxed(
		"is cut to its beginning and its end, with how much is missing",
		async () => {
			const ran = await python(
				"import sys\nsys.stdout.write('begin')\nfor _ in range(300): sys.stdout.write('x' * 10 ** 6)\nsys.stdout.write('end')\nsys.stderr.write('y' * 10 ** 7)",
			);
			const { stdout, stderr } = ran;
			expect(stdout.length).toBeLessThan(90_000);
			expect(stdout.startsWith("begin")).toBe(true);
			expect(stdout.endsWith("end")).toBe(true);
			expect(stdout).toMatch(/\[\.\.\. \d+ bytes left out \.\.\.\]/);
			expect(stderr.length).toBeLessThan(90_000);
		},
		20_000,
	);

	sandboxed("of any bytes is text", async () => {
		const { stdout } = await python(
			"import os, sys\nos.write(1, bytes(range(256)))\nprint('\\x1b[31mred\\x00\\ud800', flush=True)",
		);
		expect(stdout.isWellFormed()).toBe(true);
		expect(stdout).toContain("red");
	});
});

describe("PY-13: many at a time", () => {
	sandboxed(
		"ten runs wait for a place, each with its own limits",
		async () => {
			const names = Array.from({ length: 10 }, newRun);
			const all = await Promise.all(
				names.map((run, at) =>
					python(
						`import os\ndef many():\n    made = 0\n    for _ in range(40):\n        if os.fork() == 0:\n            import time; time.sleep(5); os._exit(0)\n        made += 1\n    return made\n${at}, many()`,
						run,
					),
				),
			);
			expect(all.map(({ result }) => result)).toEqual(names.map((_, at) => `(${at}, 40)`));
			for (const run of names) await closeSandboxes(run);
		},
		60_000,
	);
});

describe("PY-12: a server that is killed", () => {
	sandboxed("takes its sandboxes with it", async () => {
		const child = spawn(
			process.execPath,
			["--conditions=react-server", "--import", "tsx", "e2e/fixtures/python-in-child.ts"],
			{
				env: { ...process.env, DATA_DIR: join(folder, "other") },
				stdio: ["ignore", "pipe", "inherit"],
			},
		);
		const mark = String(await once(child.stdout, "data")).trim();
		await expect.poll(() => marked(mark), { timeout: 10_000 }).not.toEqual([]);
		const left = [...descendants(child.pid ?? 0), ...marked(mark)];
		child.kill("SIGKILL");
		await expect.poll(() => [...alive(left), ...containersOf(child.pid ?? 0)], { timeout: 5000 }).toEqual([]);
	});
});
