import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { ICruiseResult } from "dependency-cruiser";
import { sourcePaths } from "./sources";

const CONFIG = resolve(".dependency-cruiser.cjs");
const CRUISER = resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const MAX_OUTPUT = 256 * 1024 * 1024;

/** Cruises `paths` under `folder` by the repository's rules. */
export async function cruise(folder: string, paths: readonly string[]): Promise<ICruiseResult> {
	const args = [CRUISER, "--config", CONFIG, "--output-type", "json", ...paths];
	const options = { cwd: folder, maxBuffer: MAX_OUTPUT };
	const { stdout } = await promisify(execFile)(process.execPath, args, options);
	return JSON.parse(stdout);
}

/** Broken rules as lines a person can act on. */
export const violationLines = ({ summary }: ICruiseResult): string[] =>
	summary.violations.map(({ rule, from, to, cycle }) => {
		const path = cycle ? cycle.map(({ name }) => name).join(" → ") : to;
		return `${rule.name}: ${from} → ${path}`;
	});

/** Source files that the cruiser did not see: without its compiler it sees none and would pass anything. */
export function unseenFiles(folder: string, rooms: readonly string[], { modules }: ICruiseResult): string[] {
	const seen = new Set(modules.map(({ source }) => source));
	return sourcePaths(folder, rooms).filter((path) => !seen.has(path));
}
