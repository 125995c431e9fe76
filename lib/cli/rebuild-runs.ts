import { closeStore } from "../db/client";
import { rebuildSummaries } from "../db/runs";
import { checkSettings } from "./command";

/** `npm run rebuild-runs`: makes the list of runs anew from their events, which are the truth. */
async function rebuild(): Promise<void> {
	checkSettings();
	const { runs, changed, unreadable } = await rebuildSummaries();
	closeStore();
	console.log(`Looked at ${runs} runs; the row of ${changed} was made anew.`);
	for (const reason of unreadable) console.error(reason);
	if (unreadable.length > 0) process.exitCode = 1;
}

await rebuild();
