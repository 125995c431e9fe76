import { env } from "../env";

/** Where the working directory stands for the code. */
export const HOME = "/home/user";

/** What one sandbox may use; sizes in bytes. */
export type SandboxLimits = {
	home: string;
	memoryBytes: number;
	diskBytes: number;
	fileBytes: number;
	files: number;
	processes: number;
};
/** As `box.py` is told them: it leaves the counting of processes alone where only the program around it can count. */
export type BoxLimits = Omit<SandboxLimits, "processes"> & { processes: number | null };

const MB = 1024 * 1024;
/** Output of one call that a sandbox elsewhere may send here. One on this machine throws the middle of it away itself. */
export const OUTPUT_MB = 16;
/** A sandbox that nothing was asked of for so long is stopped; its files stay. */
export const IDLE_MS = 600_000;

/** The limits as the settings have them. */
export function limitsOf(): SandboxLimits {
	const { PYTHON_MEMORY_MB, PYTHON_DISK_MB } = env();
	return {
		home: HOME,
		memoryBytes: PYTHON_MEMORY_MB * MB,
		diskBytes: PYTHON_DISK_MB * MB,
		fileBytes: Math.ceil(PYTHON_DISK_MB / 4) * MB,
		files: 10_000,
		processes: 128,
	};
}

/** A command that starts `box.py` inside a sandbox around a folder, and what belongs to it. */
export type Launch = {
	command: readonly [string, ...string[]];
	/** All that the programs around the sandbox see of this process's own. */
	environment: NodeJS.ProcessEnv;
	/** Called once when the command has ended. */
	close(): Promise<void>;
};

/** Makes the folder usable for whoever the code runs as; `name` is unlike any other's. */
export type Launcher = (folder: string, name: string, box: readonly string[]) => Promise<Launch>;

export type BoxRequest = { kind: "python"; code: string } | { kind: "command"; command: string };

/**
 * What came of one call. `end` tells what stopped it; `fresh` that it is the first Python of its sandbox, `exit` a
 * status, `repr` how E2B prints all of it (empty when there is nothing to print).
 */
export type BoxAnswer = {
	end: "done" | "time" | "memory" | "disk" | "output" | "died";
	stdout: string;
	stderr: string;
	repr: string;
	result?: string | null | undefined;
	error?: { name: string; value: string; traceback: string } | null | undefined;
	exit?: number | null | undefined;
	fresh?: boolean | undefined;
};

/** One running sandbox. Takes one request at a time; once it has ended it stays so. */
export type Box = {
	/** Resolves when the sandbox and everything in it is gone. */
	readonly ended: Promise<void>;
	readonly isOver: boolean;
	/** Runs one call. An abort kills the sandbox and throws the signal's reason. Throws when it cannot run or ends. */
	ask(request: BoxRequest, seconds: number, signal: AbortSignal): Promise<BoxAnswer>;
	/** Kills the sandbox and all that runs in it. */
	kill(): void;
};

/** A way to hold Python. */
export type Engine = {
	id: "bubblewrap" | "container" | "e2b";
	/** Shown to people: which program, image or template holds Python. */
	program: string;
	/** Starts a sandbox around a folder; `name` is unlike any other's. */
	start(folder: string, name: string): Promise<Box>;
};

/** An engine that can be tried, or what is missing for it. */
export type EngineFound = { ok: true; engine: Engine } | { ok: false; missing: string };
