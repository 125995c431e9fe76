import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the build leaves the script and the style sheet of exported runs. */
export const PLAYER_FOLDER = join(process.cwd(), ".next/player");

/** The player as it was built; undefined when it was not (`npm run build` builds it). */
export function playerFiles(): { script: string; styles: string } | undefined {
	const [script, styles] = ["player.js", "player.css"].map((name) => join(PLAYER_FOLDER, name));
	if (!script || !styles || !existsSync(script) || !existsSync(styles)) return;
	return { script: readFileSync(script, "utf8"), styles: readFileSync(styles, "utf8") };
}
