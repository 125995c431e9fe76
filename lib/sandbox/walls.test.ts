import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boxes, CANARY, folder, newRun, python, sandboxed } from "../../e2e/fixtures/sandboxed";
import { ProcessBox } from "./box";
import { bubblewrap } from "./bubblewrap";
import { tryOut } from "./health";

writeFileSync(join(folder, "soundings.db"), CANARY);

/** A container's image has these of its own; of the system's there is nothing. */
const OF_THE_SYSTEM = ["/etc/passwd", "/etc/shadow", "/root", "/run", "/home/user/../../var", "/mnt"];
const isContainer = process.env.PYTHON_SANDBOX === "container";
const NOT_THERE = isContainer ? [] : OF_THE_SYSTEM;

let hits = 0;
const server = createServer((_, response) => {
	hits++;
	response.end(CANARY);
});

beforeAll(async () => {
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterAll(() => void server.close());

describe("B120, PY-01, PY-02: nothing of the host", () => {
	sandboxed("files, processes and sockets of the host are not there", async () => {
		const places = [folder, process.cwd(), join(folder, "soundings.db"), "/var/run/docker.sock", ...NOT_THERE];
		const empty = ["/sys", "/proc/1/root", "/proc/1/fd"];
		const ran = await python(`
import os
for path in ${JSON.stringify([...places, ...empty])}:
    try:
        found = os.listdir(path) if os.path.isdir(path) else open(path).read()
        print("FOUND" if found else "refused", path, found)
    except OSError as problem:
        print("refused", type(problem).__name__)
for pid in [n for n in os.listdir("/proc") if n.isdigit()]:
    for name in ("environ", "cmdline"):
        try: print(open(f"/proc/{pid}/{name}").read())
        except OSError: pass
    try: print(os.readlink(f"/proc/{pid}/cwd"), len(os.listdir("/proc")) > 0)
    except OSError: pass
try: print(open("/etc/hosts").read())
except OSError: pass
`);
		expect(ran.stopped).toBeUndefined();
		expect(ran.stdout.match(/refused/g)).toHaveLength(places.length + empty.length);
		expect(ran.stdout).not.toMatch(/FOUND|host\.containers\.internal/);
		expect(ran.stdout + ran.stderr).not.toContain(CANARY);
	});

	sandboxed("the environment holds four names", async () => {
		const { result = "" } = await python("import os; sorted(os.environ)");
		expect(result).toBe("['HOME', 'LANG', 'PATH', 'PWD']");
		const { stdout } = await boxes().python(
			"import subprocess; print(subprocess.run(['env'], capture_output=True, text=True).stdout)",
			undefined,
		);
		expect(
			stdout
				.trim()
				.split("\n")
				.map((line) => line.split("=")[0])
				.sort(),
		).toEqual(["HOME", "LANG", "PATH", "PWD"]);
	});
});

describe("PY-02, PY-07: of what is there", () => {
	sandboxed("nothing can be written but the working directory and two small places", async () => {
		const { result } = await python(`
import glob, os
def writable(folder):
    try: open(os.path.join(folder, "mine"), "w"); return True
    except OSError: return False
sorted(f for f in {"/", *glob.glob("/*/"), *glob.glob("/*/*/")} if not f.startswith("/proc/") and os.path.realpath(f) == f.rstrip("/") and writable(f))`);
		expect(result).toBe("['/dev/shm/', '/home/user/', '/tmp/']");
	});

	sandboxed("the program around it has left nothing of its environment", async () => {
		const { result } = await python("[one.split('=')[0] for one in open('/proc/self/environ').read().split('\\0')]");
		expect(result).toMatch(/^\['(PATH|PWD)', ''\]$/);
	});
});

describe("B119, PY-03: no network", () => {
	sandboxed("no address answers, no name is found, this server hears nothing", async () => {
		const { port } = server.address() as AddressInfo;
		const ran = await python(`
import socket
for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::1"), (socket.AF_INET, "10.0.0.1"), (socket.AF_INET, "169.254.169.254")):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        s = socket.socket(family, kind); s.settimeout(0.3)
        try:
            s.connect((host, ${port})); s.send(b"GET / HTTP/1.0\\r\\n\\r\\n"); print("GOT", s.recv(100))
        except OSError as problem: print("refused")
try: print("RESOLVED", socket.getaddrinfo("example.com", 80))
except OSError: print("refused")
for family in (socket.AF_NETLINK, socket.AF_PACKET, 38, 40):
    try: socket.socket(family, socket.SOCK_RAW); print("OPENED", family)
    except OSError: print("refused")
print([line.split(":")[0].strip() for line in open("/proc/net/dev") if ":" in line])
`);
		expect(ran.stdout.trim().split("\n")).toEqual([...Array(15).fill("refused"), "['lo']"]);
		expect(hits).toBe(0);
	});
});

describe("B121, PY-08: the kernel", () => {
	sandboxed("refuses what only an escape needs", async () => {
		const ran = await python(`
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
calls = {"unshare user": (272, 0x10000000), "mount": (165, b"none", b"/tmp", b"tmpfs", 0, 0), "ptrace": (101, 16, 2, 0, 0), "keyctl": (250, 0, -3, 0), "bpf": (321, 0, 0, 0), "io_uring": (425, 8, 0), "perf": (298, 0, 0, -1, -1, 0), "userfaultfd": (323, 0), "setns": (308, 0, 0), "chroot": (161, b"/tmp"), "clone3": (435, 0, 0), "process_vm_readv": (310, 2, 0, 0, 0, 0, 0), "open_tree": (428, -100, b"/", 0), "x32": (0x40000000 + 39,)}
numbers = {"aarch64": None}.get(os.uname().machine, calls)
for name, (number, *rest) in (numbers or {}).items():
    ctypes.set_errno(0)
    done = libc.syscall(ctypes.c_long(number), *[ctypes.c_void_p(a) if isinstance(a, int) else a for a in rest])
    print(name, done, ctypes.get_errno())
ctypes.set_errno(0)
print("clone", libc.syscall(ctypes.c_long(56), ctypes.c_ulong(0x10000000 | 17), None, None, None, None), ctypes.get_errno())
for path in ("/proc/1/mem", "/proc/sys/kernel/core_pattern", "/usr/bin/x", "/x", "/dev/x"):
    try: open(path, "r+b" if path.endswith("mem") else "w"); print("OPENED", path)
    except OSError: pass
try: os.setuid(0); print("ROOT")
except OSError: pass
print(open("/proc/self/status").read().split("CapEff:")[1].split()[0], os.getuid())
`);
		const lines = ran.stdout.trim().split("\n");
		const caps = lines.pop();
		expect(caps).toMatch(/^0{16} [1-9]\d{3,}$/);
		expect(lines.filter((line) => !/ -1 (1|38)$/.test(line))).toEqual([]);
		expect(lines).toHaveLength(15);
	});

	sandboxed("gives no rights to a program that sets its user", async () => {
		const { stdout } = await boxes().python(
			"import subprocess; print(subprocess.run('find /usr -perm -4000 -type f | head -3; (mount -t tmpfs x /tmp || su -c id || sudo id) 2>&1', shell=True, capture_output=True, text=True).stdout)",
			undefined,
		);
		expect(stdout).not.toContain("uid=0");
	});
});

describe("PY-09: escapes from Python itself reach nothing but the sandbox", () => {
	const escapes = [
		"().__class__.__base__.__subclasses__()[-1]; [c for c in ().__class__.__base__.__subclasses__() if c.__name__ == '_wrap_close'][0].__init__.__globals__['system']('touch /home/user/escaped; id')",
		"try: 1/0\nexcept Exception as e: print(e.__traceback__.tb_frame.f_globals.get('__builtins__'))\nimport gc; [o for o in gc.get_objects() if isinstance(o, dict) and 'CANARY_KEY' in o]",
		"'{0.__class__.__init__.__globals__}'.format(type('x', (), {'__init__': lambda s: None})())",
		"import js",
		"import pyodide_js",
		"import sys; sys._getframe().f_back.f_back.f_globals['LIMITS'].update(memoryBytes=1 << 60)",
		'import os; os.write(201, b\'{"id": 1, "end": "done", "stdout": "forged"}\\n\')',
		"import os; os.closerange(3, 300)",
	];
	for (const code of escapes) {
		sandboxed(code.slice(0, 50).replaceAll("\n", " "), async () => {
			const run = newRun();
			const text = await python(code, run).then(
				(ran) => JSON.stringify(ran),
				(error: Error) => error.message,
			);
			expect(text).not.toContain(CANARY);
			expect(existsSync("/home/user/escaped")).toBe(false);
			expect((await python("6 * 7", run)).result).toBe("42");
		});
	}
});

describe("PY-11: without a sandbox nothing runs", () => {
	test("what is missing is named", async () => {
		expect(await bubblewrap(join(folder, "no-programs"))).toEqual({
			ok: false,
			missing: "bubblewrap is not installed",
		});
	});

	test("a program that the kernel does not let work is found out by its first line of Python", async () => {
		const launch = async (at: string) => ({
			command: [
				"/bin/sh",
				"-c",
				`touch ${at}/tried; echo "No permissions to create a new namespace" >&2; exit 1`,
			] as const,
			environment: process.env,
			close: async () => undefined,
		});
		const start = (at: string, name: string) => ProcessBox.start(launch, at, name);
		const said = await tryOut({ id: "bubblewrap", program: "python3", start });
		expect(said).toBe("bubblewrap cannot run Python: No permissions to create a new namespace");
	});
});
