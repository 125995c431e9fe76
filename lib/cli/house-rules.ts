import ts from "typescript";
import { MAY_CATCH } from "./may-catch";

/** A file as the rules see it: path with forward slashes from the root, and its text. */
export type SourceFile = { path: string; text: string };
/** One rule that no stock linter on our list has. `find` returns the places to mend, none when all is well. */
type HouseRule = { name: string; find: (files: readonly SourceFile[]) => string[] };

const isTest = (path: string) => /\.(test|spec)\.tsx?$|^e2e\//.test(path);
const isCode = (path: string) => /\.tsx?$/.test(path);
const product = (files: readonly SourceFile[]) => files.filter(({ path }) => isCode(path) && !isTest(path));
const tests = (files: readonly SourceFile[]) => files.filter(({ path }) => isCode(path) && isTest(path));

type Visited = { file: SourceFile; source: ts.SourceFile; node: ts.Node };

/** Every node of the files for which `wanted` holds, as `path:line text`. */
function places(files: readonly SourceFile[], wanted: (node: ts.Node, place: Visited) => boolean): string[] {
	return files.flatMap((file) => {
		const kind = file.path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
		const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, kind);
		const found: string[] = [];
		const visit = (node: ts.Node): void => {
			if (wanted(node, { file, source, node })) found.push(placeOf(file, source, node));
			ts.forEachChild(node, visit);
		};
		visit(source);
		return found;
	});
}

function placeOf(file: SourceFile, source: ts.SourceFile, node: ts.Node): string {
	const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
	const [first = ""] = node.getText(source).trim().split("\n");
	return `${file.path}:${line} ${first.slice(0, 80)}`;
}

/** A shared type and any other of its name; two types that never leave their files cannot be taken for each other. */
function typesWithTwoHomes(files: readonly SourceFile[]): string[] {
	const homes = new Map<string, { paths: string[]; shared: boolean }>();
	for (const { path, text } of product(files)) {
		for (const [, shared, name = ""] of text.matchAll(/^(export )?(?:declare )?(?:type|interface) (\w+)/gm)) {
			const known = homes.get(name) ?? { paths: [], shared: false };
			homes.set(name, { paths: [...known.paths, path], shared: known.shared || shared !== undefined });
		}
	}
	return [...homes]
		.filter(([, { paths, shared }]) => shared && paths.length > 1)
		.map(([name, { paths }]) => `${name}: ${paths.join(", ")}`);
}

const isCatch = (node: ts.Node): boolean =>
	ts.isCatchClause(node) || (ts.isCallExpression(node) && calledName(node) === "catch");

/** The last name of what is called: `skip` of `test.skip(…)`. */
function calledName(node: ts.CallExpression): string {
	const { expression } = node;
	if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
	return ts.isIdentifier(expression) ? expression.text : "";
}

/** Line comments of at most eight words of which most stand in the next two lines of code. */
function echoComments(files: readonly SourceFile[]): string[] {
	return files
		.filter(({ path }) => isCode(path) || path.endsWith(".mjs"))
		.flatMap(({ path, text }) => {
			const lines = text.split("\n");
			return lines.flatMap((line, at) => {
				const comment = /^\s*\/\/ (?!biome-ignore|@ts-)(.+)$/.exec(line)?.[1];
				const code = lines.slice(at + 1, at + 3).join(" ");
				return comment && isEcho(comment, code) ? [`${path}:${at + 1} ${comment}`] : [];
			});
		});
}

function isEcho(comment: string, code: string): boolean {
	const said = wordsOf(comment);
	const known = new Set(wordsOf(code));
	return said.length > 0 && said.length <= 8 && said.filter((word) => known.has(word)).length / said.length >= 0.6;
}

const STOP_WORDS = new Set("the and for with from then this that when into are not all its".split(" "));

function wordsOf(text: string): string[] {
	const split = text.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
	const words = split.match(/[a-z]{3,}/g) ?? [];
	return words.map((word) => word.replace(/(ing|ed|es|s)$/, "")).filter((word) => !STOP_WORDS.has(word));
}

const hasWord = (text: string) => /\p{L}/u.test(text);
const SPOKEN = new Set([
	"title",
	"alt",
	"placeholder",
	"label",
	"aria-label",
	"aria-description",
	"aria-roledescription",
	"aria-valuetext",
	"aria-placeholder",
]);

/** Text that a person reads: between tags, in a spoken attribute, or a string in an expression between tags. */
function isLiteralText(node: ts.Node): boolean {
	if (ts.isJsxText(node)) return hasWord(node.text);
	if (!ts.isStringLiteralLike(node) || !hasWord(node.text)) return false;
	const holder = textHolder(node);
	if (ts.isJsxAttribute(holder)) return SPOKEN.has(holder.name.getText());
	return ts.isJsxExpression(holder) && !ts.isJsxAttribute(holder.parent);
}

/** Goes up through what passes a string on as it is: brackets, choices, braces of an attribute. */
function textHolder(node: ts.Node): ts.Node {
	const { parent } = node;
	if (ts.isConditionalExpression(parent) && parent.condition !== node) return textHolder(parent);
	if (ts.isParenthesizedExpression(parent)) return textHolder(parent);
	if (ts.isBinaryExpression(parent) && isChoice(parent.operatorToken.kind)) return textHolder(parent);
	if (ts.isJsxExpression(parent) && ts.isJsxAttribute(parent.parent)) return parent.parent;
	return parent;
}

const isChoice = (kind: ts.SyntaxKind) =>
	kind === ts.SyntaxKind.QuestionQuestionToken ||
	kind === ts.SyntaxKind.BarBarToken ||
	kind === ts.SyntaxKind.AmpersandAmpersandToken;

const isWaiting = (node: ts.Node) => ts.isCallExpression(node) && calledName(node) === "waitForTimeout";

/** `skip` needs a sentence; the forms that cannot give one are not used, but with `testData`, which tells what is absent. */
function isSilentSkip(node: ts.Node, { file }: Visited): boolean {
	if (!ts.isCallExpression(node)) return false;
	const name = calledName(node);
	if (name === "skipIf" && file.text.includes("testData(")) return false;
	if (["skipIf", "runIf", "fixme", "todo", "xit", "xtest"].includes(name)) return true;
	return name === "skip" && !node.arguments.some((argument) => isSentence(argument));
}

const isSentence = (node: ts.Node) =>
	(ts.isStringLiteralLike(node) && node.text.includes(" ")) || ts.isTemplateExpression(node);

/** An `expect` of a test that may never run proves nothing; helpers of a test may look before they ask. */
function isConditionalExpect(node: ts.Node): boolean {
	if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== "expect")
		return false;
	let conditional = false;
	let at: ts.Node = node;
	for (; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) conditional ||= isChoiceOf(at.parent, at);
	return conditional && ts.isCallExpression(at.parent) && /^(test|it)\b/.test(at.parent.expression.getText());
}

function isChoiceOf(parent: ts.Node, part: ts.Node): boolean {
	if (ts.isIfStatement(parent)) return parent.expression !== part;
	if (ts.isBinaryExpression(parent)) return isChoice(parent.operatorToken.kind);
	return ts.isConditionalExpression(parent) || ts.isCatchClause(parent);
}

const MAY_READ_ENV = /^lib\/env\.ts$|^instrumentation\.ts$|\.config\.(ts|mjs)$|\.mjs$/;

const isEnvRead = (node: ts.Node) =>
	(ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
	/^process(\.env|\["env"\])$/.test(node.getText());

/** Rooms whose files speak to disk, network or the store, and must never reach a browser. */
const SERVER_ROOM = /^lib\/((db|runner|models|tools|web|library|sandbox)\/|env\.ts$)/;
const OUTSIDE =
	/from "(node:(?!path|crypto|util|url|timers)[^"]+|undici|better-sqlite3|drizzle-orm\/better-sqlite3[^"]*|piscina)"/;

/** Files of server rooms that run in a worker thread, where the marker's condition is not set. */
const isWorker = (path: string) => /(^|[-/])worker\.ts$/.test(path);

function unmarkedServerFiles(files: readonly SourceFile[]): string[] {
	return product(files)
		.filter(({ path }) => SERVER_ROOM.test(path) && !isWorker(path))
		.filter(({ text }) => OUTSIDE.test(text) && !text.startsWith('import "server-only";\n'))
		.map(({ path }) => path);
}

/**
 * Places of whoever wrote the file, or of the machine it was written on. The patterns are spelt so as not to match here.
 * The home in a sandbox is allowed: it is called as MiroThinker's models know it (spec §3.4).
 */
const ELSEWHERE = [
	/https?:\/\/[^\s"'`)]*(?:registry|artifactory|nexus|npm-?mirror)[^\s"'`)]*/i,
	/\bregistry\.(?:npmjs|yarnpkg|npmmirror)\b/i,
	/(?<![\w.])\/(?:work|home(?!\/user(?![\w.-]))|Users|root|workspace|build)\/[\w.-]+/,
	/(?<![\w.])\/tmp\/[a-z]/,
];

function machinePlaces(files: readonly SourceFile[]): string[] {
	return files.flatMap(({ path, text }) =>
		text.split("\n").flatMap((line, at) => {
			const found = ELSEWHERE.map((pattern) => pattern.exec(line)?.[0]).find(Boolean);
			return found ? [`${path}:${at + 1} ${found}`] : [];
		}),
	);
}

export const HOUSE_RULES: readonly HouseRule[] = [
	{ name: "a type has one home", find: typesWithTwoHomes },
	{
		name: "errors are caught only where they become a result, an event or a state",
		find: (files) =>
			places(
				product(files).filter(({ path }) => !(path in MAY_CATCH)),
				isCatch,
			),
	},
	{ name: "comments say why, not what the next line says", find: echoComments },
	{
		name: "texts stand in the catalogue, not in JSX",
		find: (files) =>
			places(
				product(files).filter(({ path }) => path.endsWith(".tsx")),
				isLiteralText,
			),
	},
	{ name: "tests do not wait by the clock", find: (files) => places(tests(files), isWaiting) },
	{ name: "a skipped test says why", find: (files) => places(tests(files), isSilentSkip) },
	{ name: "an expectation is never conditional", find: (files) => places(tests(files), isConditionalExpect) },
	{
		name: "settings are read in one file",
		find: (files) =>
			places(
				product(files).filter(({ path }) => !MAY_READ_ENV.test(path)),
				isEnvRead,
			),
	},
	{ name: "files that touch the outside are marked server-only", find: unmarkedServerFiles },
	{ name: "no place of a machine or a package registry is named", find: machinePlaces },
];
