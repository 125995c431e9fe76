import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { casesIn, rowsOf, safety } from "./safety";
import { sourcePaths } from "./sources";

describe("the table of safety rows", () => {
	const { rows, unknown } = safety();

	test("every row has a test or says why it has none", () => {
		expect(rows.length).toBeGreaterThan(250);
		expect(rows.filter(({ cases, why }) => cases === 0 && why === "").map(({ id }) => id)).toEqual([]);
	});

	test("has each id once, and knows every id that a test bears", () => {
		expect(rows.length).toBe(new Set(rows.map(({ id }) => id)).size);
		expect(unknown).toEqual([]);
	});
});

test("a reason is one that does not apply or is open", () => {
	const said = rowsOf(readFileSync("docs/safety-rows.md", "utf8")).flatMap(({ why }) => (why === "" ? [] : [why]));
	expect(said.filter((why) => !/^(?:open\b|does not apply: )/.test(why))).toEqual([]);
});

test("rows are read from a table, ids from names and tables of tests, not from comments or code", () => {
	expect(rowsOf("| Id | About |\n|---|---|\n| B001 | a | |\n| SSRF-02 | b | open |\ntext")).toEqual([
		{ id: "B001", about: "a", why: "" },
		{ id: "SSRF-02", about: "b", why: "open" },
	]);
	const code = '// "B001"\n * "B002"\ntest("B003 SSRF-02: x", () => B004);\n["B003", 1], [`PY-01`]';
	expect([...casesIn(code)]).toEqual([
		["B003", 2],
		["SSRF-02", 1],
		["PY-01", 1],
	]);
});

test("SSRF-09: requests go out from lib/web, and to the model and to sandboxes from one file each beside it", () => {
	const sending = sourcePaths(".", ["lib", "app"]).filter(
		(path) =>
			!/\.test\.tsx?$/.test(path) &&
			/(?:^|[^.\w])fetch\(|from "(?:undici|axios|node:(?:https?|http2|tls|dgram))"/m.test(readFileSync(path, "utf8")),
	);
	expect(sending.filter((path) => !path.startsWith("lib/web/"))).toEqual([
		"lib/models/model-fetch.ts",
		"lib/sandbox/e2b-wire.ts",
	]);
});

type Locked = { version?: string; integrity?: string; resolved?: string; hasInstallScript?: boolean; link?: boolean };

describe("the lock file", () => {
	const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };
	const locked = Object.entries(packages).filter(([path]) => path !== "");

	test.each([
		["next", "16.3.3"],
		["react", "19.2.8"],
		["react-dom", "19.2.8"],
		["sharp", "0.35.4"],
	])("FW-02: %s is %s or newer", (name, least) => {
		const { version = "" } = packages[`node_modules/${name}`] ?? {};
		expect(version.localeCompare(least, "en", { numeric: true })).toBeGreaterThanOrEqual(0);
	});

	test("SUP-02: every package is held by its sum, none comes from a folder, a repository or an open line", () => {
		expect(locked.filter(([, { integrity, link }]) => !integrity || link).map(([path]) => path)).toEqual([]);
		expect(locked.filter(([, { resolved }]) => resolved && !resolved.startsWith("https:"))).toEqual([]);
	});

	test("SUP-03: packages that run scripts when they are installed are these alone", () => {
		const names = locked.flatMap(([path, { hasInstallScript }]) =>
			hasInstallScript ? [path.replace(/.*node_modules\//, "")] : [],
		);
		expect([...new Set(names)].sort()).toEqual(["@parcel/watcher", "@swc/core", "esbuild"]);
	});
});

test("FW-05: the server takes no picture apart to make it smaller", async () => {
	const { default: config } = await import(join(process.cwd(), "next.config.mjs"));
	expect(config.images).toEqual({ unoptimized: true });
});
