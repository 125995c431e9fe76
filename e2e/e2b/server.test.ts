import { Sandbox } from "@e2b/code-interpreter";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type E2bStandIn, startE2b } from "./server";

let standIn: E2bStandIn;

beforeAll(async () => {
	standIn = await startE2b("a-key-of-the-stand-in");
});
afterAll(() => standIn.close());

test("E2B's own library finds its way: code, files, commands, time, end", async () => {
	const { url } = standIn;
	const connection = { apiKey: "a-key-of-the-stand-in", apiUrl: url, sandboxUrl: url, debug: false };
	const sandbox = await Sandbox.create("template", { ...connection, network: { allowPublicTraffic: false } });
	await sandbox.files.write("/home/user/depths/a.txt", "412");
	const execution = await sandbox.runCode("depth = open('depths/a.txt').read()\nprint(depth, 'm')\nint(depth) + 1");
	expect(execution.logs.stdout).toEqual(["412 m\n"]);
	expect(execution.text).toBe("413");
	expect((await sandbox.runCode("1 / 0")).error?.name).toBe("ZeroDivisionError");
	const { stdout, exitCode } = await sandbox.commands.run("echo deep > b.txt; cat b.txt");
	expect([stdout, exitCode]).toEqual(["deep\n", 0]);
	await expect(sandbox.commands.run("echo shallow >&2; exit 3")).rejects.toMatchObject({
		exitCode: 3,
		stderr: "shallow\n",
	});
	const entries = await sandbox.files.list("/home/user", { depth: 2 });
	expect(entries.map(({ path, type, size }) => [path, type, size]).sort()).toEqual([
		["/home/user/b.txt", "file", 5],
		["/home/user/depths", "dir", 4096],
		["/home/user/depths/a.txt", "file", 3],
	]);
	expect(await sandbox.files.read("/home/user/b.txt")).toBe("deep\n");
	await sandbox.setTimeout(90_000);
	expect(standIn.extended).toEqual([90]);
	await sandbox.kill();
	expect(standIn.ended).toEqual([sandbox.sandboxId]);
	expect(await sandbox.isRunning()).toBe(false);
	await expect(sandbox.runCode("1")).rejects.toThrow("sandbox timeout");
});
