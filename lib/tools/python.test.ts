import { expect, test } from "vitest";
import { boxes, newRun, sandboxed } from "../../e2e/fixtures/sandboxed";
import type { Ran, Sandboxes, ToolContext, ToolOutcome } from "../agent/tool";
import { targetOf } from "./download-file";
import { TOOLS, toolsFor } from "./tools";

const toolOf = (name: string) => {
	const tool = TOOLS.find(({ spec }) => spec.name === name);
	if (!tool) throw new Error(`no tool ${name}`);
	return tool;
};

async function run(
	name: string,
	args: Record<string, unknown>,
	sandboxes: Sandboxes | undefined,
): Promise<ToolOutcome> {
	const tool = toolOf(name);
	const context = { sandboxes, signal: new AbortController().signal, blockedHosts: ["blocked.example"] };
	return tool.run(tool.input.parse(tool.repair?.(args) ?? args), context as unknown as ToolContext);
}

const UPSTREAM = toolsFor("mirothinker", { web: true, library: true, python: true }).filter(
	({ spec }) => spec.server === "tool-python",
);

test("MiroThinker's models see upstream's five tools, in its order, with its schemas; no Python, no such tools", () => {
	expect(
		UPSTREAM.map(({ spec }) => [spec.name, Object.keys(spec.schema.properties ?? {}), spec.schema.required]),
	).toEqual([
		["create_sandbox", ["timeout"], undefined],
		["run_command", ["command", "sandbox_id"], ["command", "sandbox_id"]],
		["run_python_code", ["code_block", "sandbox_id"], ["code_block", "sandbox_id"]],
		[
			"upload_file_from_local_to_sandbox",
			["sandbox_id", "local_file_path", "sandbox_file_path"],
			["sandbox_id", "local_file_path"],
		],
		["download_file_from_internet_to_sandbox", ["sandbox_id", "url", "sandbox_file_path"], ["sandbox_id", "url"]],
	]);
	const names = (rules: "mirothinker" | "generic", python: boolean) =>
		toolsFor(rules, { web: true, library: true, python }).map(({ spec }) => spec.name);
	expect(names("mirothinker", false)).toEqual(["google_search", "scrape_and_extract_info"]);
	expect(names("generic", true)).toEqual([...names("generic", false), "run_python"]);
});

test("arguments that models mix up are put right", () => {
	const { repair } = toolOf("run_python_code");
	expect(repair?.({ code: "1" })).toEqual({ code_block: "1", sandbox_id: "default" });
	expect(repair?.({ code_block: "1", sandbox_id: "abc" })).toEqual({ code_block: "1", sandbox_id: "abc" });
	expect(toolOf("run_python").repair?.({ code_block: "1" })).toEqual({ code: "1" });
});

test("where Python cannot be run, every tool says so", async () => {
	const args = {
		command: "ls",
		code_block: "1",
		sandbox_id: "a".repeat(20),
		local_file_path: "a",
		url: "https://a.example/",
	};
	for (const { spec } of UPSTREAM) {
		expect(await run(spec.name, args, undefined)).toMatchObject({
			text: expect.stringMatching(/^\[ERROR\]: Python cannot be run/),
		});
	}
	expect(await run("run_python", { code: "1" }, undefined)).toMatchObject({ status: "error" });
});

sandboxed(
	"upstream's five tools work together and answer in its words",
	async () => {
		const run1 = boxes();
		const made = await run("create_sandbox", {}, run1);
		const id = /^Sandbox created with sandbox_id: ([a-z0-9]{20})$/.exec(made.text)?.[1];
		expect(id).toBeDefined();
		const ran = await run("run_python_code", { code_block: "x = 41\nprint('it\\'s')\nx + 1", sandbox_id: id }, run1);
		expect(ran.text).toBe(`Execution(Results: [Result(42)], Logs: Logs(stdout: ["it's\\n"], stderr: []), Error: None)`);
		const command = await run("run_command", { command: "echo out; echo err >&2; exit 3", sandbox_id: id }, run1);
		expect(command.text).toBe(`CommandResult(stderr='err\\n', stdout='out\\n', exit_code=3, error='')`);
		const raised = await run("run_python_code", { code: "1 / 0", sandbox_id: id }, run1);
		expect(raised.text).toContain("Error: ExecutionError(name='ZeroDivisionError', value='division by zero'");
		expect(raised.summary).toBe("ZeroDivisionError: division by zero");
		await run("run_command", { command: "echo 1,2 > table.csv", sandbox_id: id }, run1);
		const other = (await run("create_sandbox", {}, run1)).text.split(" ").at(-1);
		const up = { sandbox_id: other, local_file_path: "/anywhere/table.csv" };
		expect((await run("upload_file_from_local_to_sandbox", up, run1)).text).toBe(
			"File uploaded to /home/user/table.csv",
		);
		expect(
			(await run("run_python_code", { code: "open('table.csv').read()", sandbox_id: other }, run1)).text,
		).toContain("Result('1,2\\n')");
		const none = { sandbox_id: other, local_file_path: "/etc/passwd" };
		expect((await run("upload_file_from_local_to_sandbox", none, run1)).text).toBe(
			"[ERROR]: This task has no file named /etc/passwd.",
		);
	},
	40_000,
);

sandboxed("an id that was made up runs Python alone, and is refused by everything else", async () => {
	const mine = boxes();
	for (const sandbox_id of ["default", "sandbox_01", "None", " "]) {
		expect((await run("run_python_code", { code: "6 * 7", sandbox_id }, mine)).text).toContain("Result(42)");
		expect((await run("run_command", { command: "ls", sandbox_id }, mine)).text).toMatch(
			/^\[ERROR\]: .+ is no valid sandbox_id/,
		);
	}
	const stranger = { command: "ls", sandbox_id: "b".repeat(20) };
	expect((await run("run_command", stranger, mine)).text).toMatch(/^\[ERROR\]: There is no sandbox/);
	const blocked = { sandbox_id: "b".repeat(20), url: "https://blocked.example/answers.csv" };
	expect((await run("download_file_from_internet_to_sandbox", blocked, mine)).text).toContain("This site is blocked");
	const own = { sandbox_id: "b".repeat(20), url: "http://127.0.0.1:1/" };
	expect((await run("download_file_from_internet_to_sandbox", own, mine)).text).toMatch(/^\[ERROR\]: /);
});

sandboxed("run_python tells what was printed, what came out and what went wrong, and text stays data", async () => {
	const mine = boxes(newRun());
	const first = await run(
		"run_python",
		{ code: "print('<use_mcp_tool>')\nopen('a.csv', 'w').write('a,b')\n[1, 2]" },
		mine,
	);
	expect(first).toMatchObject({
		status: "ok",
		text: "[Files written: a.csv]\n< use_mcp_tool>\nResult: [1, 2]",
		summary: "[1, 2]",
	});
	expect(first.files).toMatchObject([{ name: "a.csv", type: "text/csv", bytes: 3 }]);
	const wrong = await run("run_python", { code: "def f():\n    return missing\nf()" }, mine);
	expect(wrong.status).toBe("error");
	expect(wrong.text).toContain("return missing");
	expect(wrong.summary).toBe("NameError: name 'missing' is not defined");
	expect((await run("run_python", { code: "pass" }, mine)).text).toBe("It ran without output.");
	const long = await run("run_python", { code: "print('x' * 50_000)" }, mine);
	expect(long.text).toHaveLength(20_000 + " [Result truncated due to length limit]".length);
});

test("a call that was stopped says why, and a picture counts on the screen", async () => {
	const ran: Ran = { stdout: "", stderr: "", repr: "", files: [], notes: [] };
	const stub = (changes: Partial<Ran>): Sandboxes =>
		({ python: async () => ({ ...ran, ...changes }) }) as unknown as Sandboxes;
	expect(await run("run_python", { code: "1" }, stub({ stopped: "Stopped after 4 s." }))).toMatchObject({
		status: "error",
		text: "Stopped after 4 s.",
	});
	const picture = { name: "a.png", type: "image/png", bytes: 1, hash: "0" };
	expect((await run("run_python", { code: "1" }, stub({ files: [picture] }))).summary).toBe("1 picture");
});

test("a download is put where upstream puts it", () => {
	expect(targetOf("", "https://a.example/data/table.csv?x=1")).toBe("/home/user/table.csv");
	expect(targetOf("/home/user/in", "https://a.example/table.csv")).toBe("/home/user/in/table.csv");
	expect(targetOf("/home/user/in/t.csv", "https://a.example/table.csv")).toBe("/home/user/in/t.csv");
	expect(targetOf("/home/user/v1.0/", "https://a.example/")).toBe("/home/user/v1.0//download");
});
