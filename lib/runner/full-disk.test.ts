import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { research } from "../../e2e/vllm/policies";
import { startStandIn } from "../../e2e/vllm/server";
import type { RunEvent } from "../trajectory/event";

/** Runs a command with a file system of 8 MB at `folder`, which no other process sees. */
const onSmallDisk = (folder: string, command: readonly string[]) => [
	"-rm",
	"sh",
	"-c",
	'mount -t tmpfs -o size=8m small "$0" && exec "$@"',
	folder,
	...command,
];

const folder = mkdtempSync(join(tmpdir(), "soundings-small-"));
const mayMount = spawnSync("unshare", onSmallDisk(folder, ["true"])).status === 0;

test("RES-11 DB-03 B127: on a full disk a run waits and says why, new ones are refused, all can be read; with room again nothing is lost", async ({
	skip,
}) => {
	skip(!mayMount, "A user may not mount a small file system in a namespace of their own here.");
	const server = await startStandIn({ policy: research(3, 100), model: "stand-in" });
	const environment = { ...process.env, DATA_DIR: folder, LLM_BASE_URL: `${server.url}/v1`, LLM_MODEL: "stand-in" };
	const child = [
		process.execPath,
		"--conditions=react-server",
		"--import",
		"tsx",
		"e2e/fixtures/full-disk-in-child.ts",
	];
	const { stdout } = await promisify(execFile)("unshare", onSmallDisk(folder, child), {
		env: environment,
		timeout: 50_000,
		killSignal: "SIGKILL",
	});
	await server.close();
	rmSync(folder, { recursive: true });
	const { full, before, events, state, again, unheard } = JSON.parse(stdout.slice(stdout.indexOf("seen ") + 5));
	expect(full).toEqual({
		detail: "The disk is full. Free some space; the run then goes on by itself.",
		refused: { ok: false, field: "disk", message: "The disk is full. Free some space and ask again." },
		runs: 1,
		tries: [0, 0, 0],
		stored: before.length,
		check: "ok",
	});
	expect(unheard).toEqual([]);
	expect(events.slice(0, before.length)).toEqual(before);
	expect(events.map(({ seq }: RunEvent) => seq)).toEqual(events.map((_: RunEvent, at: number) => at + 1));
	expect({ state, again, ending: events.at(-1).outcome }).toEqual({
		state: "ended",
		again: true,
		ending: "answered",
	});
}, 60_000);
