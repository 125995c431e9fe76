/** What the test tools' JSON reports say: counts, and each failure by its name. */

import { relative } from "node:path";

/** The first lines of a message without colours, in the width of a terminal. */
const LINES = 16;
const WIDTH = 300;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with the escape character.
const COLOURS = /\u001b\[[\d;]*m/g;

/**
 * Vitest's JSON report as counts and failures. A test file that cannot be loaded has no tests and counts as one failure.
 * Nothing (the tool died before it wrote) is no counts.
 */
export function unitReport(report) {
	if (!report) return {};
	const failures = report.testResults.flatMap(({ name: path, status, message, assertionResults }) => {
		const name = relative(process.cwd(), path);
		const failed = assertionResults.filter((test) => test.status === "failed");
		if (status === "failed" && failed.length === 0) return [told(name, message)];
		return failed.map((test) => told(`${name} › ${test.fullName}`, test.failureMessages[0]));
	});
	return {
		passed: report.numPassedTests,
		failed: failures.length,
		skipped: report.numPendingTests + report.numTodoTests,
		failures,
	};
}

/** Playwright's JSON report as counts and failures. A test that passed only when repeated counts as failed. */
export function endToEndReport(report) {
	if (!report) return {};
	const { expected, unexpected, flaky, skipped } = report.stats;
	const failures = report.suites.flatMap(specs).filter(isFailed).map(toldSpec);
	return {
		passed: expected,
		failed: unexpected + flaky + report.errors.length,
		skipped,
		failures: [...failures, ...report.errors.map((error) => told("end-to-end tests", error.message))],
	};
}

const specs = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specs)];

const isFailed = ({ tests }) => tests.some(({ status }) => status === "unexpected" || status === "flaky");

function toldSpec({ file, line, title, tests }) {
	const error = tests.flatMap(({ results }) => results).find((result) => result.error)?.error;
	return told(`${file}:${line} › ${title}`, error?.message);
}

function told(name, message = "") {
	const lines = message
		.replaceAll(COLOURS, "")
		.split("\n")
		.filter((line) => line.trim());
	return [name, ...lines.slice(0, LINES).map((line) => `    ${line.trim().slice(0, WIDTH)}`)].join("\n");
}
