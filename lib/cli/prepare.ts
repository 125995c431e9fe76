import { chmodSync, existsSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { closeStore, store } from "../db/client";
import { env } from "../env";
import { closeLibrary, indexInstalledDocs } from "../library/library";
import { health } from "../runner/health";
import { takeUpSavedSettings } from "../runner/saved-settings";
import { checkSettings, stop } from "./command";
import { foundLines } from "./found";

/**
 * Everything between an installation and a server: settings, data folder, database, library. Speaks to people on
 * stderr and to the launcher on stdout, in one line of JSON. Safe to repeat; fast when nothing is left to do.
 */
async function prepare(): Promise<void> {
	checkSettings();
	const { HOST, PORT, DATA_DIR } = env();
	await refuseTakenPort(HOST, PORT);
	makePrivate(DATA_DIR);
	store();
	await takeUpSavedSettings();
	await indexInstalledDocs();
	const found = foundLines(await health());
	closeStore();
	await closeLibrary();
	console.log(JSON.stringify({ host: HOST, port: PORT, found }));
}

function refuseTakenPort(host: string, port: number): Promise<void> {
	return new Promise((free) => {
		const probe = createServer();
		probe.once("error", (error: NodeJS.ErrnoException) => {
			if (error.code === "EADDRINUSE") {
				stop(`Port ${port} is in use, perhaps by Soundings itself. Choose another one: PORT=${port + 1} npm start`);
			}
			stop(`Cannot listen on ${host}:${port}: ${error.message}. Choose another port: PORT=3001 npm start`);
		});
		probe.listen(port, host, () => probe.close(() => free()));
	});
}

/** The folder is made readable by its owner alone; one that holds somebody else's files is left as it is, and refused. */
function makePrivate(folder: string): void {
	if ((statSync(folder).mode & 0o077) === 0 || process.platform === "win32") return;
	if (readdirSync(folder).length > 0 && !existsSync(join(folder, "soundings.db"))) {
		stop(`DATA_DIR ${folder} holds other files and can be read by others. Name a folder of its own: DATA_DIR=./data`);
	}
	chmodSync(folder, 0o700);
}

await prepare();
