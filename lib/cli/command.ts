import { existsSync } from "node:fs";
import { environmentProblems } from "../env";

/** Says why the command cannot go on, with the remedy, and ends it with status 1. */
export function stop(sentence: string): never {
	console.error(`\n${sentence}`);
	process.exit(1);
}

/**
 * Every command begins with this: takes the settings of the file .env (the environment wins), and ends the command when
 * one is wrong: each by its variable, what is wrong with its value, and an example.
 */
export function checkSettings(): void {
	if (existsSync(".env")) process.loadEnvFile(".env");
	const problems = environmentProblems();
	if (problems.length === 0) return;
	const lines = problems.map(({ variable, problem, example }) => `  ${variable}: ${problem}. Example: ${example}`);
	stop(`Wrong settings, in the environment or in the file .env:\n${lines.join("\n")}`);
}
