import "server-only";
import { chmod, lchown, lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** User numbers that belong to no account (systemd's range for services without one). */
const FIRST_USER = 61_184;
const LAST_USER = 65_519;

const users = new Set<number>();

/** A user of its own for each sandbox, so that none counts the processes of another. */
export function takeUser(): number {
	for (;;) {
		const user = FIRST_USER + Math.floor(Math.random() * (LAST_USER - FIRST_USER));
		if (users.has(user)) continue;
		users.add(user);
		return user;
	}
}

/** The sandbox of this user has ended. */
export const leaveUser = (user: number): void => void users.delete(user);

/** Gives a folder and all in it to a user; links themselves, never what they point to. */
export async function giveTo(folder: string, user: number): Promise<void> {
	if ((await lstat(folder)).uid === user) return;
	for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
		await lchown(join(entry.parentPath, entry.name), user, user);
	}
	await lchown(folder, user, user);
	await chmod(folder, 0o700);
}
