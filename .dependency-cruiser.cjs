/**
 * One-way import rules (the table in AGENTS.md). Read top to bottom: each room names what it may reach, all else is
 * forbidden. `lib/cli/import-rules.test.ts` plants one violation of every rule. Tests may reach further than code.
 */
const ROOMS = "trajectory|agent|models|tools|web|library|sandbox|db|runner|publish|eval|cli|i18n";
const TEST = "\\.(test|spec)\\.tsx?$";
const CODE = { pathNot: TEST };

/** A room that may reach only itself and the named paths of ours; `types` may be reached by type imports. */
const room = (name, comment, reaches, types) => {
	const from = { ...CODE, path: `^lib/${name}/` };
	const allowed = (paths) => `^(?!lib/${name}/|${paths.map((path) => `${path}`).join("|")})(app|components|lib)/`;
	const rules = [
		{
			name: `${name}-reaches`,
			comment,
			severity: "error",
			from,
			to: { path: allowed([...reaches, ...(types ?? [])]) },
		},
	];
	if (types) {
		rules.push({
			name: `${name}-reaches-types`,
			comment: `${comment} Of the others, types only.`,
			severity: "error",
			from,
			to: { path: `^(${types.join("|")})`, dependencyTypesNot: ["type-only"] },
		});
	}
	return rules;
};

const ENV = "lib/env\\.ts$";
const BROWSER = "lib/web/system-browser\\.mjs$";
const TRAJECTORY = "lib/trajectory/";
const SCHEMAS = "(event|settings|typed|ask|said|fork|decision)\\.ts$";
const error = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
	forbidden: [
		error("no-circular", "No module reaches itself.", {}, { circular: true }),
		error("no-unresolved", "Every import exists.", {}, { couldNotResolve: true }),
		error(
			"no-orphans",
			"A file that nothing imports and that imports nothing is dead.",
			{ orphan: true, path: "^(lib|components)/", pathNot: `${TEST}|\\.d\\.m?ts$|^lib/cli/` },
			{},
		),
		error(
			"known-rooms-only",
			"Code lives in a room of the table; a new room is a decision.",
			{ path: `^lib/(?!(${ROOMS})/|env(-kinds|-reading)?\\.(test\\.)?ts$)` },
			{},
		),
		error(
			"known-rooms-only-to",
			"The same for a file that imports nothing.",
			{},
			{ path: `^lib/(?!(${ROOMS})/|env(-kinds|-reading)?\\.(test\\.)?ts$)` },
		),
		...room("trajectory", "Pure: runs in browser and server.", ["lib/trajectory/"]),
		error(
			"trajectory-is-pure",
			"Of packages only zod; nothing of Node.",
			{ ...CODE, path: "^lib/trajectory/" },
			{ path: "^node_modules/(?!zod/)" },
		),
		error(
			"trajectory-without-node",
			"It runs in the browser as well.",
			{ ...CODE, path: "^lib/trajectory/" },
			{ dependencyTypes: ["core"] },
		),
		error(
			"schemas-stay-on-the-server",
			"zod is the heaviest thing a page could load: only files of schemas, and none that the browser reads, import it.",
			{ ...CODE, path: `^(components/|lib/trajectory/(?!${SCHEMAS}))` },
			{ path: `^(node_modules/zod/|lib/trajectory/${SCHEMAS})`, dependencyTypesNot: ["type-only"] },
		),
		...room("agent", "The agent knows the trajectory and its own interfaces, no tool, model or store.", [TRAJECTORY]),
		error(
			"agent-packages",
			"zod and canonical JSON; nothing that speaks to the world.",
			{ ...CODE, path: "^lib/agent/" },
			{ path: "^node_modules/(?!(zod|canonicalize)/)" },
		),
		...room("models", "A model serves the agent's interface.", [TRAJECTORY, ENV, "lib/agent/"]),
		error(
			"models-not-the-loop",
			"A model is called by the loop, never the other way round.",
			{ ...CODE, path: "^lib/models/" },
			{ path: "^lib/agent/(loop|act|ask|finish|settle|memory|guards)\\.ts$" },
		),
		...room("tools", "A tool gets what it needs through its context.", [
			TRAJECTORY,
			"lib/agent/tool\\.ts$",
			"lib/web/",
		]),
		error(
			"tools-are-siblings",
			"A tool never imports another tool; the list and shared formats are not tools.",
			{ ...CODE, path: "^lib/tools/(?!tools\\.ts$)" },
			{
				path: "^lib/tools/(tools|web-search|library-search|read-page|google-search|scrape-and-extract-info|run-python|run-python-code|run-command|create-sandbox|upload-file|download-file|search-and-browse)\\.ts$",
			},
		),
		...room("web", "Fetching and reading, nothing else.", [ENV], ["lib/agent/tool\\.ts$"]),
		...room(
			"library",
			"Its own file, opened by db's rules.",
			["lib/db/sqlite\\.ts$", ENV, "lib/web/", TRAJECTORY],
			["lib/agent/tool\\.ts$"],
		),
		...room("sandbox", "Holds code that nobody trusts.", [ENV], ["lib/agent/tool\\.ts$", "lib/trajectory/event\\.ts$"]),
		...room("db", "Stores what the trajectory defines.", [TRAJECTORY, ENV]),
		error(
			"sqlite-through-one-door",
			"The driver is opened by one file's rules.",
			{ pathNot: "^lib/db/sqlite\\.ts$" },
			{ path: "^node_modules/(@types/)?better-sqlite3/" },
		),
		error(
			"drizzle-stays-in-db",
			"No query builder, no transaction object outside.",
			{ pathNot: "^(lib/db/|drizzle/)" },
			{ path: "^node_modules/drizzle-(orm|kit)/" },
		),
		...room("runner", "The one place that joins agent, tools, model and store.", [
			"lib/(trajectory|agent|models|tools|web|library|sandbox|db)/",
			ENV,
		]),
		error(
			"only-runner-composes",
			"Only the runner joins the loop and tools.",
			{ pathNot: `^lib/(runner|agent|tools|eval|cli)/|^e2e/|${TEST}` },
			{ path: "^lib/(agent/loop\\.ts$|tools/)" },
		),
		...room("publish", "Documents made of saved runs.", [TRAJECTORY, "lib/db/", ENV, "lib/i18n/", BROWSER]),
		...room("eval", "Studies over runs.", [TRAJECTORY, "lib/(runner|db|library)/", "lib/agent/model\\.ts$"]),
		...room("i18n", "Texts.", ["lib/i18n/"]),
		error(
			"env-knows-zod",
			"Settings depend on nothing of ours.",
			{ path: "^lib/env(-kinds|-reading)?\\.ts$" },
			{ path: "^(app|components)/|^lib/(?!env-(kinds|reading)\\.ts$)" },
		),
		error(
			"cli-is-an-end",
			"Commands are started, never imported.",
			{ path: "^(app|components|lib/(?!cli/))", ...CODE },
			{ path: "^lib/cli/" },
		),
		error(
			"lib-never-up",
			"lib knows no page and no component.",
			{ ...CODE, path: "^lib/" },
			{ path: "^(app|components)/" },
		),
		error(
			"components-reach",
			"Values from the trajectory and the texts; actions come as props.",
			{ ...CODE, path: "^components/" },
			{ path: "^(app/|lib/(?!trajectory/|i18n/|eval/|db/))" },
		),
		error(
			"components-reach-types",
			"Of eval and db, types only.",
			{ ...CODE, path: "^components/" },
			{ path: "^lib/(eval|db)/", dependencyTypesNot: ["type-only"] },
		),
		error(
			"app-reaches",
			"Pages and actions are thin: they ask the runner and the store.",
			{ ...CODE, path: "^app/" },
			{ path: "^lib/(?!(runner|db|eval|library|publish|trajectory|i18n)/)" },
		),
		error(
			"no-tests-in-code",
			"Tests and e2e are imported by tests alone.",
			{ pathNot: `${TEST}|^e2e/` },
			{ path: `${TEST}|^e2e/` },
		),
	],
	options: {
		tsConfig: { fileName: "tsconfig.json" },
		tsPreCompilationDeps: true,
		combinedDependencies: true,
		doNotFollow: { path: "node_modules" },
		exclude: { path: "\\.next/" },
		enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
	},
};
