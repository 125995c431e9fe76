import { closeStore } from "../db/client";
import { rebuildSummaries } from "../db/runs";
import { checkSettings } from "./command";

/** `npm run rebuild-runs`: makes the list of runs anew from their events, which are the truth. */
async function rebuild(): Promise<void> {
	checkSettings();
	const { runs, changed } = await rebuildSummaries();
	closeStore();
	console.log(`Looked at ${runs} runs; the row of ${changed} was made anew.`);
}

await rebuild();
