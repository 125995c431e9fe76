import { env } from "../env";

/** Where the working directory stands for the code. */
export const HOME = "/home/user";

/** What one sandbox may use; sizes in bytes. The names are those that `box.py` reads. */
export type SandboxLimits = {
	home: string;
	memoryBytes: number;
	diskBytes: number;
	fileBytes: number;
	files: number;
	processes: number;
};

const MB = 1024 * 1024;

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
	/** What the command reads on file descriptor 3. */
	input?: Buffer;
	/** Called once when the command has ended. */
	close(): Promise<void>;
};

/** A way to hold Python. `launch` makes the folder usable for whoever the code runs as; `name` is unlike any other's. */
export type Engine = {
	id: "bubblewrap" | "container";
	/** Shown to people: which program holds Python. */
	program: string;
	launch(folder: string, name: string, box: readonly string[]): Promise<Launch>;
};
