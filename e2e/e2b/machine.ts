import { lstat, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix, relative } from "node:path";
import { bubblewrap } from "../../lib/sandbox/bubblewrap";
import { type Box, type BoxAnswer, type BoxRequest, HOME } from "../../lib/sandbox/engine";
import { readRegular, receiveBelow } from "../../lib/sandbox/folders";

const LONGEST_SECONDS = 600;
/** Where figures that the code has left open are put by the box that plays the machine. */
const FIGURE = /^figure-\d+-\d+\.png$/;

/** A sandbox of the stand-in: a folder, and the project's own box around it in which code really runs. */
export class Machine {
	readonly id: string;
	private readonly folder: string;
	private box: Promise<Box> | undefined;

	private constructor(id: string, folder: string) {
		this.id = id;
		this.folder = folder;
	}

	static async start(id: string): Promise<Machine> {
		return new Machine(id, await mkdtemp(join(tmpdir(), "e2b-stand-in-")));
	}

	/** Lines of the interpreter for one piece of code, as Jupyter's messages come to them. */
	async execute(code: string, signal: AbortSignal): Promise<unknown[]> {
		const before = new Set(await readdir(this.folder));
		const { stdout, stderr, result, error, end } = await this.ask({ kind: "python", code }, signal);
		if (end !== "done") this.box = undefined;
		const pictures: unknown[] = [];
		for (const name of (await readdir(this.folder)).filter((one) => FIGURE.test(one) && !before.has(one))) {
			const png = (await readFile(join(this.folder, name))).toString("base64");
			pictures.push({ type: "result", png, is_main_result: false });
			await rm(join(this.folder, name));
		}
		return [
			...(stdout ? [{ type: "stdout", text: stdout, timestamp: new Date().toISOString() }] : []),
			...(stderr ? [{ type: "stderr", text: stderr, timestamp: new Date().toISOString() }] : []),
			...pictures,
			...(result == null ? [] : [{ type: "result", text: result, is_main_result: true }]),
			...(error ? [{ type: "error", ...error }] : []),
			...(end === "done" ? [] : [{ type: "error", name: "ContextRestarting", value: "restarted", traceback: "" }]),
			{ type: "number_of_executions", execution_count: 1 },
			{ type: "end_of_execution" },
		];
	}

	/** Events of a process, from its start to its end. */
	async command(command: string, signal: AbortSignal): Promise<unknown[]> {
		const { stdout, stderr, exit } = await this.ask({ kind: "command", command }, signal);
		const data = (name: string, text: string) =>
			text ? [{ event: { data: { [name]: Buffer.from(text).toString("base64") } } }] : [];
		return [
			{ event: { start: { pid: 4711 } } },
			{ event: { keepalive: {} } },
			...data("stdout", stdout),
			...data("stderr", stderr),
			{ event: { end: { ...(exit && { exitCode: exit }), exited: true, status: `exit status ${exit ?? 0}` } } },
		];
	}

	/** Entries below the home, so many folders deep, as the file service tells them. */
	async list(depth: number): Promise<unknown[]> {
		const entries: unknown[] = [];
		const walk = async (folder: string, left: number) => {
			for (const entry of await readdir(folder, { withFileTypes: true })) {
				const path = join(folder, entry.name);
				const { size, mtimeNs, mode } = await lstat(path, { bigint: true });
				const told = posix.join(HOME, relative(this.folder, path));
				const type = typeOf(entry);
				entries.push({
					name: entry.name,
					type,
					path: told,
					...(size > 0n && { size: String(size) }),
					mode: Number(mode),
					modifiedTime: timeOf(mtimeNs),
				});
				if (entry.isDirectory() && left > 1) await walk(path, left - 1);
			}
		};
		await walk(this.folder, depth);
		return entries;
	}

	/** The bytes of a file, undefined where there is none. */
	read(path: string): Promise<Buffer | undefined> {
		return readRegular(join(this.folder, posix.relative(HOME, path)), Number.MAX_SAFE_INTEGER);
	}

	/** Puts a file in the place of another. */
	async write(path: string, bytes: Uint8Array): Promise<void> {
		await receiveBelow(this.folder, posix.relative(HOME, path).split("/"), [bytes]);
	}

	/** Ends all that runs and forgets all files. */
	async kill(): Promise<void> {
		const box = await this.box;
		box?.kill();
		await box?.ended;
		await rm(this.folder, { recursive: true, force: true });
	}

	private async ask(request: BoxRequest, signal: AbortSignal): Promise<BoxAnswer> {
		this.box ??= this.open();
		return (await this.box).ask(request, LONGEST_SECONDS, signal);
	}

	private async open(): Promise<Box> {
		const found = await bubblewrap();
		if (!found.ok) throw new Error(found.missing);
		return found.engine.start(this.folder, this.id);
	}
}

function typeOf(entry: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): string {
	if (entry.isFile()) return "FILE_TYPE_FILE";
	if (entry.isDirectory()) return "FILE_TYPE_DIRECTORY";
	return entry.isSymbolicLink() ? "FILE_TYPE_SYMLINK" : "FILE_TYPE_UNSPECIFIED";
}

const timeOf = (nanoseconds: bigint): string =>
	new Date(Number(nanoseconds / 1_000_000n)).toISOString().replace(/\.\d+/, `.${String(nanoseconds).slice(-9)}`);
