import { closeStore, store } from "../db/client";
import { env, settingsInUse } from "../env";
import { closeLibrary } from "../library/library";
import { probe } from "../models/probe";
import { health } from "../runner/health";
import { closeMcp, mcpHealth } from "../runner/mcp";
import { takeUpSavedSettings } from "../runner/saved-settings";
import { sandboxHealth } from "../sandbox/health";
import { closeChromium } from "../web/render/chromium";
import { renderHealth } from "../web/render/health";
import { checkSettings } from "./command";
import { foundLines, mcpLines, renderLine } from "./found";

const mark = (ok: boolean) => (ok ? "✓" : "✗");

/** `npm run doctor`: what is configured, what answers, what is missing. Status 0 when a question can be answered. */
async function doctor(): Promise<void> {
	checkSettings();
	console.log(`node     ${process.versions.node}`);
	console.log(`data     ${env().DATA_DIR}`);
	console.log(`set      ${settingsInUse().join(", ") || "nothing; everything is as it comes"}`);
	store();
	await takeUpSavedSettings();
	closeStore();
	// A page waits a moment and looks again; here there is no second look.
	await sandboxHealth();
	const found = await health();
	await closeLibrary();
	for (const line of foundLines(found)) console.log(line);
	console.log(renderLine(await renderHealth()));
	await closeChromium();
	for (const line of mcpLines(await mcpHealth())) console.log(line);
	await closeMcp();
	if (found.engine.provider === "openai-compatible" && found.engine.ok) await examine();
	console.log("\npresets");
	for (const { id, detail, available, why } of found.presets) {
		console.log(`  ${mark(available)} ${id.padEnd(24)} ${available ? detail : why}`);
	}
	const answerable = found.engine.ok && found.search.some(({ ok }) => ok);
	console.log(
		`\n${mark(answerable)} ${answerable ? "A question can be answered." : "No question can be answered yet."}`,
	);
	process.exitCode = answerable ? 0 : 1;
}

/** Asks the model server for everything the agent relies on. */
async function examine(): Promise<void> {
	const { LLM_BASE_URL = "", LLM_MODEL, LLM_API_KEY } = env();
	console.log("\nmodel server");
	const { version, findings } = await probe({ baseUrl: LLM_BASE_URL, model: LLM_MODEL, apiKey: LLM_API_KEY?.reveal() });
	if (version) console.log(`  version ${version}`);
	for (const { ok, detail, remedy } of findings) console.log(`  ${mark(ok)} ${detail}${remedy ? ` ${remedy}` : ""}`);
}

await doctor();
