import "server-only";
import { join } from "node:path";
import { Piscina } from "piscina";

/** A thread takes a second or two to start; whoever chooses what to share asks it again and again. */
const IDLE_MS = 300_000;
/** Longest a piece of work may take, its wait for the thread included, and the heap the thread may use, megabytes. */
const TIME_LIMIT_MS = 60_000;
const HEAP_MB = 1024;

type Held = { soundingsPublishing?: Piscina };

function threads(): Piscina {
	const held = globalThis as Held;
	held.soundingsPublishing ??= new Piscina({
		execArgv: ["--conditions=react-server", "--import", "tsx"],
		minThreads: 0,
		maxThreads: 1,
		idleTimeout: IDLE_MS,
		resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
	});
	return held.soundingsPublishing;
}

/**
 * Work off the server's own thread: `file` is one of this folder, `name` what it exports. Work that throws, takes over a
 * minute or needs too much memory is a result, with why.
 */
export async function inThread<Result>(
	{ file, name }: { file: string; name: string },
	task: unknown,
): Promise<{ ok: true; result: Result } | { ok: false; detail: string }> {
	const filename = join(process.cwd(), "lib/publish", file);
	const signal = AbortSignal.timeout(TIME_LIMIT_MS);
	try {
		return { ok: true, result: await threads().run(task, { filename, name, signal }) };
	} catch (error) {
		return { ok: false, detail: error instanceof Error ? error.message : String(error) };
	}
}

/** Ends the thread, so that a process can end. */
export async function closeThreads(): Promise<void> {
	const held = globalThis as Held;
	await held.soundingsPublishing?.destroy();
	delete held.soundingsPublishing;
}
