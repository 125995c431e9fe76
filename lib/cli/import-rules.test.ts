import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { cruise, unseenFiles, violationLines } from "./import-rules";

/** A module that can be imported; `imports` are specifiers, `type:` makes a type import, `dead` exports nothing. */
const module = (...imports: string[]) =>
	[
		...imports.map((from) =>
			from.startsWith("type:")
				? `import type { one as t${from.length} } from "${from.slice(5)}";`
				: `import "${from}";`,
		),
		"export const one = 1;\n",
	].join("\n");

/** Everything that the rules allow, room by room: none of these may be reported. */
const ALLOWED: Record<string, string> = {
	"lib/trajectory/event.ts": module("zod"),
	"lib/trajectory/row.ts": module("type:./event"),
	"lib/trajectory/view.test.ts": module("./event", "../db/runs", "../../e2e/fixtures/run", "node:fs"),
	"lib/agent/tool.ts": module("zod", "../trajectory/event"),
	"lib/agent/model.ts": module("../trajectory/event"),
	"lib/agent/loop.ts": module("./tool", "./model", "node:crypto", "canonicalize"),
	"lib/models/extractive.ts": module("../agent/model", "../env", "server-only"),
	"lib/tools/tools.ts": module("./read-page", "./web-search"),
	"lib/tools/read-page.ts": module("../agent/tool", "../web/fetch", "./page-text"),
	"lib/tools/web-search.ts": module("../trajectory/event"),
	"lib/tools/page-text.ts": module("../trajectory/event"),
	"lib/web/fetch.ts": module("../env", "type:../agent/tool"),
	"lib/library/library.ts": module("../db/sqlite", "../env", "../web/fetch", "type:../agent/tool"),
	"lib/sandbox/sandboxes.ts": module("../env", "type:../agent/tool"),
	"lib/db/sqlite.ts": module("better-sqlite3", "../env"),
	"lib/db/runs.ts": module("./sqlite", "drizzle-orm", "../trajectory/event"),
	"lib/runner/runner.ts": module(
		"../agent/loop",
		"../tools/tools",
		"../models/extractive",
		"../db/runs",
		"../library/library",
	),
	"lib/publish/html.ts": module("../trajectory/event", "../db/runs", "../env"),
	"lib/eval/study.ts": module("../runner/runner", "../db/runs", "../library/library", "../agent/model"),
	"lib/i18n/request.ts": module("next-intl"),
	"lib/cli/ask.ts": module("../runner/runner", "../env", "../agent/loop"),
	"lib/env.ts": module("zod"),
	"components/run/row.tsx": module(
		"type:@/lib/trajectory/event",
		"@/lib/trajectory/row",
		"@/lib/i18n/request",
		"type:@/lib/eval/study",
		"type:@/lib/db/runs",
	),
	"app/page.tsx": module(
		"@/components/run/row",
		"@/lib/runner/runner",
		"@/lib/db/runs",
		"@/lib/trajectory/event",
		"@/lib/publish/html",
	),
	"e2e/fixtures/run.ts": module("../../lib/agent/loop", "../../lib/tools/tools"),
};

/** One violation a rule, at least: the files it takes, the first of which must be reported by the rule's name. */
const PLANTED: Record<string, Record<string, string>> = {
	"no-circular": { "lib/eval/a.ts": module("./b"), "lib/eval/b.ts": module("./a") },
	"no-unresolved": { "lib/eval/lost.ts": module("./nowhere") },
	"no-orphans": { "lib/eval/dead.ts": module() },
	"known-rooms-only": { "lib/utils/dates.ts": module("../trajectory/event") },
	"known-rooms-only-to": { "lib/eval/user.ts": module("../helpers"), "lib/helpers.ts": module() },
	"trajectory-reaches": { "lib/trajectory/stored.ts": module("../db/runs") },
	"trajectory-is-pure": { "lib/trajectory/heavy.ts": module("drizzle-orm") },
	"trajectory-without-node": { "lib/trajectory/file.ts": module("node:fs") },
	"schemas-stay-on-the-server": { "components/run/check.tsx": module("@/lib/trajectory/event") },
	"agent-reaches": { "lib/agent/direct.ts": module("../tools/web-search") },
	"agent-packages": { "lib/agent/online.ts": module("undici") },
	"models-reaches": { "lib/models/stored.ts": module("../db/runs") },
	"models-not-the-loop": { "lib/models/driver.ts": module("../agent/loop") },
	"tools-reaches": { "lib/tools/stored.ts": module("../db/runs") },
	"tools-are-siblings": { "lib/tools/google-search.ts": module("./web-search") },
	"web-reaches": { "lib/web/stored.ts": module("../db/runs") },
	"web-reaches-types": { "lib/web/maker.ts": module("../agent/tool") },
	"library-reaches": { "lib/library/runs.ts": module("../db/runs") },
	"library-reaches-types": { "lib/library/maker.ts": module("../agent/tool") },
	"sandbox-reaches": { "lib/sandbox/stored.ts": module("../db/runs") },
	"sandbox-reaches-types": { "lib/sandbox/maker.ts": module("../agent/tool") },
	"db-reaches": { "lib/db/agent.ts": module("../agent/loop") },
	"sqlite-through-one-door": {
		"lib/library/own.ts": module("better-sqlite3"),
		"lib/db/own.ts": module("better-sqlite3"),
	},
	"drizzle-stays-in-db": { "app/query.ts": module("drizzle-orm") },
	"runner-reaches": { "lib/runner/study.ts": module("../eval/study") },
	"only-runner-composes": { "lib/publish/tools.ts": module("../tools/tools") },
	"publish-reaches": { "lib/publish/run.ts": module("../runner/runner") },
	"eval-reaches": { "lib/eval/tools.ts": module("../tools/tools") },
	"i18n-reaches": { "lib/i18n/stored.ts": module("../db/runs") },
	"env-knows-zod": {},
	"cli-is-an-end": { "lib/runner/command.ts": module("../cli/ask") },
	"lib-never-up": { "lib/publish/page.ts": module("../../components/run/row") },
	"components-reach": { "components/run/start.tsx": module("@/lib/runner/runner") },
	"components-reach-types": { "components/run/query.tsx": module("@/lib/db/runs") },
	"app-reaches": { "app/fetch.ts": module("@/lib/web/fetch") },
	"no-tests-in-code": { "app/fake.ts": module("../e2e/fixtures/run") },
};

const PACKAGES = ["zod", "canonicalize", "drizzle-orm", "better-sqlite3", "undici", "next-intl", "server-only"];

/** What the rules say of a folder that holds just these files, and the names of the rules that were asked. */
async function cruiseOf(files: Record<string, string>, paths = ["app", "components", "lib", "e2e"]) {
	const folder = mkdtempSync(join(tmpdir(), "import-rules-"));
	const write = (path: string, text: string) => {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	};
	for (const [path, text] of Object.entries(files)) write(path, text);
	for (const name of PACKAGES) {
		write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
		write(`node_modules/${name}/index.js`, "module.exports = {};\n");
	}
	write("package.json", JSON.stringify({ dependencies: Object.fromEntries(PACKAGES.map((name) => [name, "1.0.0"])) }));
	write("tsconfig.json", JSON.stringify({ compilerOptions: { module: "esnext", paths: { "@/*": ["./*"] } } }));
	const result = await cruise(folder, paths);
	const unseen = unseenFiles(folder, ["app", "components", "lib"], result);
	rmSync(folder, { recursive: true });
	const rules = result.summary.ruleSetUsed?.forbidden ?? [];
	return { rules: rules.map(({ name }) => name), lines: violationLines(result), unseen };
}

test("what the table allows is not reported", async () => {
	expect(await cruiseOf(ALLOWED)).toMatchObject({ lines: [], unseen: [] });
});

test("a cruise that passes files by is noticed", async () => {
	const { unseen } = await cruiseOf({ ...ALLOWED, "app/lonely.tsx": module() }, ["components", "lib"]);
	expect(unseen).toEqual(["app/lonely.tsx", "app/page.tsx"]);
});

test("one planted violation of every rule is reported by the rule's name", async () => {
	const files = Object.assign({}, ALLOWED, ...Object.values(PLANTED), {
		"lib/env.ts": module("zod", "./i18n/request"),
	});
	const { rules, lines } = await cruiseOf(files);
	expect(Object.keys(PLANTED).sort()).toEqual(rules.sort());
	for (const [name, planted] of Object.entries({ ...PLANTED, "env-knows-zod": { "lib/env.ts": "" } })) {
		for (const path of Object.keys(planted).slice(0, name === "sqlite-through-one-door" ? 2 : 1)) {
			expect(
				lines.filter((line) => line.startsWith(`${name}: ${path}`)),
				`${name} in ${path}`,
			).not.toEqual([]);
		}
	}
});
