import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { Kept } from "./kept";
import { asCommandResult, asExecution, reprOf } from "./printed";

const TEXTS = [
	"",
	"plain",
	"it's",
	'say "depth"',
	`it's "both"`,
	"back\\slash",
	"line\nreturn\rtab\t",
	"\x00\x07\x1b[31m\x7f\x80\xa0\xad",
	"深度 · é · ß",
	"\u200b\u2028\u2029\u3000\ufeff\ue000",
	"🌊 \u{1f468}\u200d\u{1f469} \u{e0001}\u{10ffff}",
	"half \ud800 sign",
];

test("a string is written as Python's repr writes it", () => {
	const code = "import json, sys; print(json.dumps([repr(text) for text in json.load(sys.stdin)]))";
	const python = execFileSync("python3", ["-c", code], { input: JSON.stringify(TEXTS), encoding: "utf8" });
	expect(TEXTS.map(reprOf)).toEqual(JSON.parse(python));
});

test("a call is printed as E2B prints it", () => {
	expect(asExecution({ stdout: "a\n", stderr: "", result: "42" })).toBe(
		"Execution(Results: [Result(42)], Logs: Logs(stdout: ['a\\n'], stderr: []), Error: None)",
	);
	const error = { name: "ValueError", value: "it's", traceback: "T" };
	expect(asExecution({ stdout: "", stderr: "w", error })).toBe(
		`Execution(Results: [], Logs: Logs(stdout: [], stderr: ['w']), Error: ExecutionError(name='ValueError', value="it's", traceback='T'))`,
	);
	expect(asCommandResult({ stdout: "o", stderr: "e", exit: 3 })).toBe(
		"CommandResult(stderr='e', stdout='o', exit_code=3, error='')",
	);
});

test("PY-06: of a flood its beginning and its end are kept", () => {
	const kept = new Kept();
	kept.add(Buffer.from("begin"));
	for (let at = 0; at < 100; at++) kept.add(Buffer.alloc(100_000, "x"));
	kept.add(Buffer.from("end"));
	expect(kept.total).toBe(10_000_008);
	const text = kept.text();
	expect(text.startsWith("beginxxx")).toBe(true);
	expect(text.endsWith("xxxend")).toBe(true);
	expect(text).toContain(`\n[... ${10_000_008 - 65_536 - 16_384} bytes left out ...]\n`);
	expect(text.length).toBeLessThan(83_000);
});
