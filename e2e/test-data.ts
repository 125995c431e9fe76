import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Path of a set of test data, or undefined where there is none: in the folder SOUNDINGS_TEST_DATA, else in
 * `../shared/data` beside the checkout. A test without its data is skipped, never passed; this says why.
 */
export function testData(name: string): string | undefined {
	const path = resolve(process.env.SOUNDINGS_TEST_DATA ?? "../shared/data", name);
	if (existsSync(path)) return path;
	console.warn(
		`Test data "${name}" is not here; the tests that need it are skipped. SOUNDINGS_TEST_DATA names its folder.`,
	);
	return undefined;
}

/** The rows of a JSON-lines file in a folder of test data. */
export function rowsOf<T>(folder: string, file: string): T[] {
	return readFileSync(join(folder, file), "utf8")
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line) as T);
}
