import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";

const STATIC = ".next/static";
/** Rows of README's table, which is the schema's own: a variable and what is said of it on the server alone. */
const SETTINGS = [...readFileSync("README.md", "utf8").matchAll(/^\| `([A-Z][A-Z\d_]+)` \| ([^`|]{20,}?)[.`|]/gm)];

test("SEC-05: nothing of the environment and of the settings' schema is in what a browser loads", () => {
	const files = readdirSync(STATIC, { recursive: true, encoding: "utf8" }).filter((path) =>
		/\.(js|css|map)$/.test(path),
	);
	const texts = files.map((path) => readFileSync(join(STATIC, path), "utf8"));
	expect(texts.join("").length).toBeGreaterThan(500_000);
	expect(SETTINGS.length).toBeGreaterThan(40);
	const found = (wanted: string | RegExp) => files.filter((_, at) => texts[at]?.match(wanted));
	expect(found(/planted.in.the.build/i)).toEqual([]);
	expect(found(/NEXT_PUBLIC_\w*(KEY|SECRET|TOKEN)/)).toEqual([]);
	for (const [, variable = "", description = ""] of SETTINGS) {
		expect(found(new RegExp(`env(\\.|\\[["'])${variable}\\b`)), variable).toEqual([]);
		const said = texts.filter((text) => text.includes(description));
		expect(said.length, `${variable}: ${description}`).toBe(0);
	}
});
