import { existsSync } from "node:fs";
import { resolve } from "node:path";

/**
 * Path of a set of test data, or undefined where there is none: the folder SOUNDINGS_TEST_DATA, else `../shared/data`
 * beside the checkout. A test without its data is skipped with a message, never passed.
 */
export function testData(name: string): string | undefined {
	const path = resolve(process.env.SOUNDINGS_TEST_DATA ?? "../shared/data", name);
	return existsSync(path) ? path : undefined;
}
