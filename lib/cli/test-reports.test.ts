import { join } from "node:path";
import { expect, test } from "vitest";

const { endToEndReport, unitReport } = await import(new URL("test-reports.mjs", import.meta.url).href);

const unit = {
	numPassedTests: 7,
	numPendingTests: 1,
	numTodoTests: 2,
	testResults: [
		{
			name: join(process.cwd(), "lib/a.test.ts"),
			status: "failed",
			message: "",
			assertionResults: [
				{ status: "passed", fullName: "a holds", failureMessages: [] },
				{
					status: "failed",
					fullName: "b holds",
					failureMessages: ["\u001b[31mexpected 1 to be 2\u001b[39m\n\n  at a.ts"],
				},
			],
		},
		{
			name: join(process.cwd(), "lib/b.test.ts"),
			status: "failed",
			message: "Cannot find module",
			assertionResults: [],
		},
	],
};

const spec = (title: string, status: string, message?: string) => ({
	title,
	file: "find.spec.ts",
	line: 12,
	tests: [{ status, results: [{ error: message === undefined ? undefined : { message } }] }],
});

const browser = {
	stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 0 },
	errors: [],
	suites: [
		{
			specs: [spec("finds", "expected"), spec("goes there", "unexpected", "Error: not visible\n".repeat(30))],
			suites: [{ specs: [spec("marks", "flaky", "Timeout")] }],
		},
	],
};

test("each failed unit test is named with its message, and a file that cannot be loaded is one failure", () => {
	expect(unitReport(unit)).toEqual({
		passed: 7,
		failed: 2,
		skipped: 3,
		failures: ["lib/a.test.ts › b holds\n    expected 1 to be 2\n    at a.ts", "lib/b.test.ts\n    Cannot find module"],
	});
});

test("each failed browser test is named with its place and the beginning of its message, nested ones as well", () => {
	const { passed, failed, failures } = endToEndReport(browser);
	expect({ passed, failed }).toEqual({ passed: 4, failed: 2 });
	expect(failures[0].split("\n")).toEqual([
		"find.spec.ts:12 › goes there",
		...Array(16).fill("    Error: not visible"),
	]);
	expect(failures[1]).toBe("find.spec.ts:12 › marks\n    Timeout");
});

test("an error outside of every test counts and is told", () => {
	const report = { ...browser, errors: [{ message: "Port 3105 is in use" }] };
	expect(endToEndReport(report).failed).toBe(3);
	expect(endToEndReport(report).failures.at(-1)).toBe("end-to-end tests\n    Port 3105 is in use");
});

test("a tool that died before it could report has no counts", () => {
	expect([unitReport(undefined), endToEndReport(undefined)]).toEqual([{}, {}]);
});
