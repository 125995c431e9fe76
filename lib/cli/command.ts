import { environmentProblems } from "../env";

/** Says why the command cannot go on, with the remedy, and ends it with status 1. */
export function stop(sentence: string): never {
	console.error(`\n${sentence}`);
	process.exit(1);
}

/** Ends the command when a setting is wrong: each by its variable, what is wrong with its value, and an example. */
export function stopOnWrongSettings(): void {
	const problems = environmentProblems();
	if (problems.length === 0) return;
	const lines = problems.map(({ variable, problem, example }) => `  ${variable}: ${problem}. Example: ${example}`);
	stop(`Wrong settings, in the environment or in the file .env:\n${lines.join("\n")}`);
}
