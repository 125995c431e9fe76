import { closeStore, store } from "../db/client";
import { env, settingsInUse } from "../env";
import { health } from "../runner/health";
import { checkSettings } from "./command";
import { foundLines } from "./found";

/** `npm run doctor`: what is configured, what answers, what is missing. Status 0 when a question can be answered. */
async function doctor(): Promise<void> {
	checkSettings();
	console.log(`Node     ${process.versions.node}`);
	console.log(`data     ${env().DATA_DIR}`);
	store();
	closeStore();
	console.log(`settings ${settingsInUse().join(", ") || "none; everything as it comes"}`);
	const found = await health();
	for (const line of foundLines(found)) console.log(line);
	console.log("\npresets");
	for (const { id, detail, available, why } of found.presets) {
		console.log(`  ${available ? "✓" : "·"} ${id.padEnd(24)} ${available ? detail : why}`);
	}
	const answerable = found.engine.ok && found.search.some(({ ok }) => ok);
	console.log(answerable ? "\nA question can be answered." : "\nNo question can be answered yet; see the lines with !");
	process.exit(answerable ? 0 : 1);
}

await doctor();
