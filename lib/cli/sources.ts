import { readdirSync } from "node:fs";
import { join } from "node:path";

/** TypeScript files under the rooms, as paths with forward slashes from `folder`; rooms that are missing hold none. */
export function sourcePaths(folder: string, rooms: readonly string[]): string[] {
	const entries = readdirSync(folder, { withFileTypes: true });
	return rooms.flatMap((room) => {
		if (!entries.some((entry) => entry.name === room && entry.isDirectory())) return [];
		const paths = readdirSync(join(folder, room), { recursive: true, encoding: "utf8" });
		return paths.filter((path) => /\.tsx?$/.test(path)).map((path) => `${room}/${path.replaceAll("\\", "/")}`);
	});
}
