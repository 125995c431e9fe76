import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { env, environmentProblems } from "../env";

/** Says why the command cannot go on, with the remedy, and ends it with status 1. */
export function stop(sentence: string): never {
	console.error(`\n${sentence}`);
	process.exit(1);
}

/** The words of the command line; one that is wrong ends the command with its usage, `--help` shows just that. */
export function parseCommand<const T extends ParseArgsOptionsConfig>(options: T, usage: string) {
	const known = { ...options, help: { type: "boolean", default: false } } as const;
	const parsed = tryParse(known, usage);
	if (process.argv.slice(2).includes("--help")) {
		console.log(usage);
		process.exit(0);
	}
	return parsed;
}

function tryParse<const T extends ParseArgsOptionsConfig>(options: T, usage: string) {
	try {
		return parseArgs({ options, allowPositionals: true });
	} catch (error) {
		return stop(`${firstSentence(error)}\n\n${usage}`);
	}
}

const firstSentence = (error: unknown) =>
	`${
		String(error)
			.replace(/^.*?: /, "")
			.split(". ")[0]
	}.`.replace("..", ".");

/**
 * Every command begins with this: takes the settings of the file .env (the environment wins), and ends the command when
 * one is wrong: each by its variable, what is wrong with its value, and an example.
 */
export function checkSettings(): void {
	if (existsSync(".env")) process.loadEnvFile(".env");
	const problems = environmentProblems();
	if (problems.length > 0) {
		const lines = problems.map(({ variable, problem, example }) => `  ${variable}: ${problem}. Example: ${example}`);
		stop(`Wrong settings, in the environment or in the file .env:\n${lines.join("\n")}`);
	}
	const { DATA_DIR } = env();
	const why = whyUnusable(DATA_DIR);
	if (why) stop(`DATA_DIR: ${JSON.stringify(DATA_DIR)} ${why}. Example: DATA_DIR=./data`);
}

/** Why a folder cannot hold the databases; one that is missing is made, for its owner alone. */
function whyUnusable(folder: string): string | undefined {
	try {
		makeFolder(folder);
		accessSync(`${folder}/.`, constants.R_OK | constants.W_OK | constants.X_OK);
		return undefined;
	} catch (error) {
		const { code = "", message } = error as NodeJS.ErrnoException;
		return REASONS[code] ?? `cannot be used (${message})`;
	}
}

const REASONS: Record<string, string> = {
	ENOTDIR: "is a file, or lies below one; a folder is needed",
	EACCES: "may not be written to by this user",
	EPERM: "may not be written to by this user",
	EROFS: "lies on a disk that cannot be written to",
	ENOENT: "cannot be made there",
};

/** Folder by folder: Node's own recursive form never ends on a file system that refuses with ENOENT. */
function makeFolder(folder: string): void {
	if (existsSync(folder)) return;
	makeFolder(dirname(folder));
	mkdirSync(folder, { mode: 0o700 });
}
