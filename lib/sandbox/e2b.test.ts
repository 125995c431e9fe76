import { existsSync, readFileSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { describe, expect } from "vitest";
import { json } from "../../e2e/e2b/server";
import { atE2b, boxes, here, KEY, newRun, python, settings, standIn } from "../../e2e/fixtures/e2b-boxes";
import { sandboxHealth } from "./health";
import { closeSandboxes } from "./sandboxes";

/** The sandbox that was asked for last; the first one is that of the try whether E2B works. */
const latest = () => standIn.created.at(-1)?.id ?? "";

atE2b("variables stay between calls, and a sandbox is made without network, callers or environment", async () => {
	const run = newRun();
	expect((await python("depth = 412\nprint('深')", run)).stdout).toBe("深\n");
	const ran = await python("depth + 1", run);
	expect(ran.result).toBe("413");
	expect(ran.repr).toBe("Execution(Results: [Result(413)], Logs: Logs(stdout: [], stderr: []), Error: None)");
	expect(ran.notes).toEqual([]);
	const { body } = standIn.created.at(-1) ?? {};
	expect(body).toEqual({
		templateID: "code-interpreter-v1",
		metadata: { product: "soundings" },
		timeout: 600 + 60 + 120,
		allow_internet_access: false,
		network: { allowPublicTraffic: false },
	});
	expect(standIn.extended.at(-1)).toBe(780);
	expect(standIn.created).toHaveLength(2);
	await closeSandboxes(run);
	expect(standIn.ended).toEqual(standIn.created.map(({ id }) => id));
});

atE2b("files go up before a call and come back after it: written, changed, removed", async () => {
	const run = newRun();
	await boxes(run).put("main", "in/a.csv", Buffer.from("depth\n412\n"));
	const first = await python(
		"import os\ntext = open('in/a.csv').read()\nos.makedirs('out/deep')\nopen('out/deep/b.txt', 'w').write(text * 2)\nopen('c.txt', 'w').write('old')\nopen('.hidden', 'w').write('x')\nos.symlink('/etc/hostname', 'link.txt')",
		run,
	);
	expect(first.notes).toEqual(["Files written: c.txt, out/deep/b.txt"]);
	expect(readFileSync(here(run, "out/deep/b.txt"), "utf8")).toBe("depth\n412\ndepth\n412\n");
	expect(statSync(here(run, "c.txt")).mode & 0o777).toBe(0o600);
	expect([here(run, ".hidden"), here(run, "link.txt")].filter((path) => existsSync(path))).toEqual([]);
	const reads = standIn.asked.filter(({ method, path }) => method === "GET" && path === "/files").length;
	const second = await boxes(run).command("rm in/a.csv; printf new > c.txt; cat out/deep/b.txt | wc -l", "main");
	expect([second.stdout, second.exit]).toEqual(["4\n", 0]);
	expect(second.notes).toEqual(["Files written: c.txt"]);
	expect(readFileSync(here(run, "c.txt"), "utf8")).toBe("new");
	expect(existsSync(here(run, "in/a.csv"))).toBe(false);
	expect(standIn.asked.filter(({ method, path }) => method === "GET" && path === "/files")).toHaveLength(reads + 1);
});

atE2b("a file whose name cannot be believed from there goes up, and is never taken for removed", async () => {
	const run = newRun();
	await boxes(run).put("main", "depths: final.txt", Buffer.from("412"));
	expect((await python("open('depths: final.txt').read()", run)).result).toBe("'412'");
	await python("1", run);
	expect(readFileSync(here(run, "depths: final.txt"), "utf8")).toBe("412");
	expect(standIn.asked.filter(({ method, path }) => method === "POST" && path === "/files")).toHaveLength(1);
});

atE2b("a plot becomes a picture of the run, and is there for the next call", async () => {
	const run = newRun();
	const ran = await python("import matplotlib.pyplot as plt\n_ = plt.plot([1, 4, 12])", run);
	expect(ran.files).toMatchObject([{ name: "figure-1-1.png", type: "image/png", width: expect.any(Number) }]);
	expect((await python("import os; os.path.getsize('figure-1-1.png')", run)).result).toBe(String(ran.files[0]?.bytes));
});

atE2b("what code raises and what a command answers have the shapes that models know", async () => {
	const run = newRun();
	const { error, repr, stopped } = await python("{}['depth']", run);
	expect([error?.name, error?.value, stopped]).toEqual(["KeyError", "'depth'", undefined]);
	expect(error?.traceback).toContain("{}['depth']");
	expect(repr).toContain(`Error: ExecutionError(name='KeyError', value="'depth'", traceback=`);
	const failed = await boxes(run).command("echo it\\'s wrong >&2; exit 3", "main");
	expect(failed.repr).toBe(`CommandResult(stderr="it's wrong\\n", stdout='', exit_code=3, error='')`);
	expect((await boxes(run).python("6 * 7", undefined)).result).toBe("42");
});

describe("PY-04, PY-12: nothing outlives its time", () => {
	atE2b("a call that takes too long is stopped, its files are kept, its sandbox is ended", async () => {
		settings({ PYTHON_SECONDS: "1" });
		const run = newRun();
		const ran = await python("open('kept.txt', 'w').write('412')\nwhile True: pass", run);
		expect(ran.stopped).toBe("Stopped after 1 s, the longest a call may take. Variables are gone, files are kept.");
		expect(ran.notes).toEqual(["Files written: kept.txt"]);
		expect(standIn.ended).toContain(latest());
		const next = await python("open('kept.txt').read()", run);
		expect(next.result).toBe("'412'");
		expect(next.notes[0]).toContain("Python was started anew");
	});

	atE2b("an abort ends the sandbox at once and throws its reason", async () => {
		const abort = new AbortController();
		const run = newRun();
		await python("1", run);
		setTimeout(() => abort.abort(new Error("stopped by a person")), 200);
		await expect(boxes(run, abort.signal).python("while True: pass", "main")).rejects.toThrow("stopped by a person");
		expect(standIn.ended).toContain(latest());
	});

	atE2b("a sandbox that is gone is told as ended, and the next call has a fresh one with the files", async () => {
		const run = newRun();
		await python("open('kept.txt', 'w').write('412'); depth = 1", run);
		const lost = latest();
		await standIn.lose(lost);
		const ran = await python("depth", run);
		expect(ran.stopped).toBe("Python ended itself. Variables are gone, files are kept.");
		expect(ran.stderr).toBe("[The sandbox at E2B has ended.]\n");
		expect((await python("open('kept.txt').read()", run)).result).toBe("'412'");
		expect(latest()).not.toBe(lost);
	});
});

describe("PY-12: a sandbox that ends in the middle of a call", () => {
	const ends: [string, (response: ServerResponse) => void, string][] = [
		["is known by what stands before it", (response) => json(response, 502, {}), "[The sandbox at E2B has ended.]\n"],
		[
			"is known by a line that is cut",
			(response) => {
				response.write('{"type":"stdout","text":"begin"}\n{"type":');
				response.socket?.end();
			},
			"[The connection to the sandbox at E2B broke off.]\n",
		],
		[
			"is known by its interpreter, when that alone was killed",
			(response) => response.end('{"type":"error","name":"ContextRestarting","value":"","traceback":""}\n'),
			"[Python at E2B was started anew.]\n",
		],
	];
	for (const [name, reply, told] of ends) {
		atE2b(name, async () => {
			const run = newRun();
			await python("depth = 1", run);
			standIn.twist = ({ path }) => (path === "/execute" ? reply : undefined);
			const ran = await python("depth", run);
			expect(ran.stopped).toBe("Python ended itself. Variables are gone, files are kept.");
			expect(ran.stderr).toBe(told);
			standIn.twist = undefined;
			expect((await python("2", run)).notes[0]).toContain("Python was started anew");
		});
	}
});

describe("SEC-02: what is wrong is said so that it can be mended, without the key", () => {
	atE2b("E2B comes first when its key is set, else the sandboxes of this machine", async () => {
		settings({ PYTHON_SANDBOX: "auto" });
		expect(await sandboxHealth()).toMatchObject({
			state: "ready",
			engine: "e2b",
			version: expect.stringMatching(/^3\./),
		});
		settings({ PYTHON_SANDBOX: "auto", E2B_API_KEY: "e2b_wrong" });
		expect(await sandboxHealth()).toMatchObject({
			engine: "bubblewrap",
			passedOver: { why: "E2B cannot run Python: E2B refuses the key. Check E2B_API_KEY." },
		});
		settings({ PYTHON_SANDBOX: "auto", E2B_API_KEY: "" });
		const local = await sandboxHealth();
		expect(local).toMatchObject({ engine: "bubblewrap" });
		expect(local).not.toHaveProperty("passedOver");
	});

	const faults: [string, Record<string, string>, number, string][] = [
		["no key", { E2B_API_KEY: "" }, 0, "E2B_API_KEY is not set."],
		["a wrong key", { E2B_API_KEY: "e2b_wrong" }, 0, "E2B refuses the key. Check E2B_API_KEY."],
		["no quota", {}, 429, "E2B gives no more sandboxes now: its rate limit or the quota of the key is used up."],
		["an unknown template", {}, 404, "E2B says: 404: not today, [key]."],
		["a blocked account", {}, 403, "E2B says: 403: not today, [key]."],
		["a dead service", { E2B_API_URL: "http://127.0.0.1:9" }, 0, "E2B could not be reached at http://127.0.0.1:9."],
	];
	for (const [name, changed, status, told] of faults) {
		atE2b(name, async () => {
			settings(changed);
			standIn.twist = ({ path }) =>
				status > 0 && path === "/v2/sandboxes"
					? (response) =>
							response
								.writeHead(status, { "content-type": "application/json" })
								.end(JSON.stringify({ code: status, message: `not today,\n${KEY}` }))
					: undefined;
			const health = await sandboxHealth();
			expect(health).toMatchObject({ state: "missing", remedy: expect.stringContaining("E2B_API_KEY") });
			expect(JSON.stringify(health)).toContain(told);
			expect(JSON.stringify(health)).not.toContain(KEY);
			await expect(python("1", newRun())).rejects.toThrow("Python cannot be run on this machine now.");
		});
	}

	atE2b("the key goes to the service alone, never into a sandbox, an answer or a file", async () => {
		const run = newRun();
		const ran = await python(
			"import os, subprocess\nprint(dict(os.environ), subprocess.run('env; cat /proc/*/environ', shell=True, capture_output=True, text=True).stdout)",
			run,
		);
		expect(JSON.stringify([ran, standIn.created, await sandboxHealth()])).not.toContain(KEY);
	});
});
