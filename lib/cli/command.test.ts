import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { code: number; out: string; err: string };

/** A command as npm runs it, in a process of its own. */
function run(...words: string[]): Promise<Ended> {
	const args = ["--conditions=react-server", "--import", "tsx", `lib/cli/${words[0]}`, ...words.slice(1)];
	const env = { PATH: process.env.PATH, DATA_DIR: folder, NODE_ENV: "test" as const };
	return new Promise((ended) => {
		execFile(process.execPath, args, { env }, (error, out, err) => ended({ code: Number(error?.code ?? 0), out, err }));
	});
}

test.each([
	[["ask.ts", "a question", "--depth", "3"], "Unknown option '--depth'."],
	[["ask.ts", "a question", "--preset"], "Option '--preset <value>' argument missing."],
	[["library.ts", "list", "--all"], "Unknown option '--all'."],
])("a wrong word on the command line is told with the usage, not with a stack: %j", async (words, problem) => {
	const { code, out, err } = await run(...words);
	expect({ code, out }).toEqual({ code: 1, out: "" });
	expect(err).toContain(problem);
	expect(err).toContain("npm run -s ");
	expect(err).not.toContain("    at ");
});

test("--help is no error", async () => {
	const { code, out, err } = await run("ask.ts", "--help");
	expect({ code, err }).toEqual({ code: 0, err: "" });
	expect(out).toContain("--max-calls");
});

test("a collection that is not there is named with those that are", async () => {
	const { code, err } = await run("library.ts", "search", "words", "--collection", "nope");
	expect(code).toBe(1);
	expect(err).toContain('There is no collection "nope". There are: none.');
});
