import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HOUSE_RULES, type SourceFile } from "./house-rules";
import { MAY_CATCH } from "./may-catch";

/** Tracked and new files, as git lists them. */
const tracked: SourceFile[] = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], { encoding: "utf8" })
	.split("\0")
	.filter((path) => /\.(tsx?|mjs|cjs|md|json|css|sql|yaml|yml|sh)$|^\.[\w/]+$/.test(path))
	.filter((path) => path !== "lib/cli/house-rules.test.ts")
	.flatMap((path) => read(path));

/** A file that was deleted but not yet committed is still listed. */
function read(path: string): SourceFile[] {
	const found = execFileSync("git", ["ls-files", "-d", "--", path], { encoding: "utf8" });
	return found === "" ? [{ path, text: readFileSync(path, "utf8") }] : [];
}

/** For each rule: files that break it, with how often, and files that come close and do not. */
const PLANTED: Record<string, { broken: [path: string, text: string, times?: number][]; fine: [string, string][] }> = {
	"a type has one home": {
		broken: [
			["lib/db/a.ts", "export type Source = { url: string };"],
			["lib/web/b.ts", "interface Source {}", 0],
		],
		fine: [
			["components/a.tsx", "type Props = { a: 1 };"],
			["components/b.tsx", "type Props = { b: 1 };\n// export type Source"],
		],
	},
	"errors are caught only where they become a result, an event or a state": {
		broken: [
			["lib/web/a.ts", "try { go(); } catch (error) { log(error); }"],
			["app/page.tsx", "await go().catch(() => undefined);"],
		],
		fine: [
			["lib/runner/execute.ts", "try { go(); } catch (error) { end(error); }"],
			["lib/db/a.ts", "// catch what comes\nconst words = 'try to catch (it)';"],
			["lib/db/a.test.ts", "await go().catch(() => undefined);"],
		],
	},
	"comments say why, not what the next line says": {
		broken: [
			["lib/db/a.ts", "// Get the user\nconst user = getUser();"],
			["lib/db/b.ts", "\t// Opens the stream.\n\topenStream();"],
		],
		fine: [
			["lib/db/c.ts", "// The first answer may take a minute: the model is loaded then.\nconst user = getUser();"],
		],
	},
	"texts stand in the catalogue, not in JSX": {
		broken: [
			["app/a.tsx", "export const A = () => <p>Ask a question</p>;"],
			["app/b.tsx", 'export const B = () => <button title="Stop" aria-label={"Stop it"} />;', 2],
			["app/c.tsx", 'export const C = () => <p>{ok ? "Done" : t("failed")} {name ?? "nobody"}</p>;', 2],
			["app/d.tsx", "export const D = () => <input placeholder={`Ask`} />;"],
			["app/e.tsx", 'export const E = () => <i aria-label={ok ? "Yes" : t("no")} />;'],
		],
		fine: [
			[
				"app/f.tsx",
				'export const F = () => <p className="text" data-state={ok ? "open" : "shut"} title={t("a.b")}>{t("c")} · {n} %</p>;',
			],
			[
				"app/g.tsx",
				'export const G = () => <ul>{rows.map((row) => row.kind === "call" && <Row key={row.id} />)}</ul>;',
			],
		],
	},
	"tests do not wait by the clock": {
		broken: [["e2e/a.spec.ts", "await page.waitForTimeout(500);"]],
		fine: [["e2e/b.spec.ts", 'await page.waitForURL("/runs");']],
	},
	"a skipped test says why": {
		broken: [
			["lib/a.test.ts", "test.skip(); context.skip(); describe.skipIf(!data)('x', run);", 3],
			["e2e/a.spec.ts", "test.skip(!browser); test.fixme();", 2],
		],
		fine: [
			["lib/b.test.ts", 'context.skip("no test data here"); context.skip(`no data here`);'],
			["lib/c.test.ts", 'const path = testData("cases"); describe.skipIf(!path)("cases", run);'],
			["e2e/b.spec.ts", 'test.skip(!browser, "needs a browser");'],
		],
	},
	"an expectation is never conditional": {
		broken: [
			["lib/a.test.ts", 'test("a", () => { if (x) { expect(x).toBe(1); } });'],
			[
				"lib/b.test.ts",
				'test("b", () => { try { go(); } catch (error) { expect(error).toBe(1); } x && expect(x).toBe(1); });',
				2,
			],
		],
		fine: [
			["lib/c.test.ts", 'test("c", () => { for (const x of all) expect(x ? 1 : 2).toBe(1); if (go()) again(); });'],
		],
	},
	"settings are read in one file": {
		broken: [
			["lib/web/a.ts", 'const proxy = process.env.PROXY ?? "";'],
			["app/a.ts", 'const all = process["env"];'],
		],
		fine: [
			["lib/env.ts", "const all = process.env;"],
			["e2e/a.spec.ts", "const ci = process.env.CI;"],
			["lib/web/b.ts", "const text = 'process.env.PROXY';"],
		],
	},
	"files that touch the outside are marked server-only": {
		broken: [
			["lib/db/a.ts", 'import { drizzle } from "drizzle-orm/better-sqlite3";'],
			["lib/web/b.ts", 'import { lookup } from "node:dns";\nimport "server-only";'],
		],
		fine: [
			["lib/db/c.ts", 'import "server-only";\nimport { drizzle } from "drizzle-orm/better-sqlite3";'],
			["lib/web/d.ts", 'import { join } from "node:path";'],
		],
	},
	"no place of a machine or a package registry is named": {
		broken: [
			["README.md", "See /work/shared/notes.md"],
			["package-lock.json", '"resolved": "https://registry.npmjs.org/zod"'],
			["lib/a.ts", 'const folder = "/home/somebody/data";'],
			["lib/b.ts", "https://mirror.example/artifactory/npm/zod"],
		],
		fine: [["lib/c.ts", 'join(tmpdir(), "x"); "/usr/bin/chromium"; "the package registry"; "/work" + "/runs/build/x"']],
	},
};

describe.each(HOUSE_RULES)("$name", ({ name, find }) => {
	const planted = PLANTED[name];

	test("holds in the repository", () => {
		expect(find(tracked)).toEqual([]);
	});

	test("is seen broken where it is broken, and nowhere else", () => {
		const broken = planted?.broken.map(([path, text]) => ({ path, text })) ?? [];
		const times = planted?.broken.reduce((sum, [, , found = 1]) => sum + found, 0);
		expect(times).toBeGreaterThan(0);
		expect(find(broken)).toHaveLength(times ?? 0);
		expect(find(planted?.fine.map(([path, text]) => ({ path, text })) ?? [])).toEqual([]);
	});
});

test("the list of files that may catch names no file that does not", () => {
	const idle = Object.keys(MAY_CATCH).filter((path) => {
		const text = tracked.find((file) => file.path === path)?.text ?? "";
		return !/\bcatch\b/.test(text);
	});
	expect(idle).toEqual([]);
});
