import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the build leaves the script and the style sheet of exported runs. */
export const PLAYER_FOLDER = join(process.cwd(), ".next/player");

export const SCRIPT_FILE = join(PLAYER_FOLDER, "player.js");
export const STYLES_FILE = join(PLAYER_FOLDER, "player.css");

/** Whether the player is here: `npm run build` makes it. */
export const isPlayerBuilt = (): boolean => existsSync(SCRIPT_FILE) && existsSync(STYLES_FILE);

/** The player as it was built; a megabyte, so it is read in the thread that writes it out. Throws when it was not built. */
export const playerFiles = (): { script: string; styles: string } => ({
	script: readFileSync(SCRIPT_FILE, "utf8"),
	styles: readFileSync(STYLES_FILE, "utf8"),
});
