import "server-only";
import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
	type Box,
	type BoxAnswer,
	type BoxLimits,
	type BoxRequest,
	type Launch,
	type Launcher,
	limitsOf,
} from "./engine";
import { seccompFilters } from "./seccomp";

/** Where the watcher's text stands, seen from the directory the product is started in. */
const BOX = "lib/sandbox/box.py";
/** Reads that text from its input and becomes it. */
const BOOT = "import sys; exec(compile(sys.stdin.buffer.read(int(sys.argv[2])), 'box.py', 'exec'))";
/** Longest answer of one call, bytes; the watcher itself keeps to far less. */
const MAX_ANSWER = 16_000_000;
const MAX_COMPLAINT = 4000;
/** How long a sandbox may take to stop a call itself before it is killed whole. */
const GRACE_MS = 1500;
/** The first answer also waits for the sandbox to come up. */
const START_MS = 15_000;

const answerSchema = z.object({
	id: z.int(),
	end: z.enum(["done", "time", "memory", "disk", "died"]),
	stdout: z.string(),
	stderr: z.string(),
	repr: z.string(),
	result: z.string().nullish(),
	error: z.object({ name: z.string(), value: z.string(), traceback: z.string() }).nullish(),
	exit: z.int().nullish(),
	fresh: z.boolean().optional(),
});

type Waiting = { id: number; heard(answer: BoxAnswer): void; broke(error: Error): void };

/** A sandbox that is a process of this machine, with `box.py` in it. */
export class ProcessBox implements Box {
	readonly ended: Promise<void>;
	private over = false;
	private calls = 0;
	private waiting: Waiting | undefined;
	private chunks: Buffer[] = [];
	private length = 0;
	private complaint = "";
	private readonly child: ChildProcess;

	private constructor({ command: [program, ...rest], environment, close }: Launch, text: Buffer) {
		this.child = spawn(program, rest, {
			stdio: "pipe",
			env: environment,
			cwd: "/",
		});
		const { stdin, stdout, stderr } = this.child;
		stdin?.on("error", () => undefined);
		stdout?.on("data", (chunk: Buffer) => this.hear(chunk));
		stderr?.on("data", (chunk: Buffer) => {
			this.complaint = (this.complaint + chunk.toString("utf8")).slice(-MAX_COMPLAINT);
		});
		stdin?.write(text);
		this.ended = new Promise((gone) => {
			const leave = (why: string) => {
				if (this.over) return;
				this.over = true;
				this.waiting?.broke(new Error(why));
				void close().finally(gone);
			};
			this.child.once("error", (error) => leave(error.message));
			this.child.once("close", () => leave(this.complaint.trim().split("\n").at(-1) || "The sandbox ended."));
		});
	}

	/** Starts a sandbox around a folder with the command that a launcher makes. */
	static async start(launch: Launcher, folder: string, name: string, limits: BoxLimits = limitsOf()): Promise<Box> {
		const text = await readFile(join(/* turbopackIgnore: true */ process.cwd(), BOX));
		const box = ["-c", BOOT, JSON.stringify({ ...limits, filters: seccompFilters() }), String(text.length)];
		return new ProcessBox(await launch(folder, name, box), text);
	}

	get isOver(): boolean {
		return this.over;
	}

	/** A sandbox that does not stop a call in time itself is killed; the call then counts as stopped for its time. */
	async ask(request: BoxRequest, seconds: number, signal: AbortSignal): Promise<BoxAnswer> {
		signal.throwIfAborted();
		if (this.over) throw new Error("The sandbox has ended.");
		const id = ++this.calls;
		const { promise, resolve, reject } = Promise.withResolvers<BoxAnswer>();
		this.waiting = { id, heard: resolve, broke: reject };
		const patience = seconds * 1000 + GRACE_MS + (id === 1 ? START_MS : 0);
		let late = false;
		const timer = setTimeout(() => {
			late = true;
			this.kill();
		}, patience);
		const stop = () => this.kill();
		signal.addEventListener("abort", stop, { once: true });
		try {
			this.child.stdin?.write(`${JSON.stringify({ id, call: id, seconds, ...request })}\n`);
			return await promise.catch((error: unknown) => {
				signal.throwIfAborted();
				if (late) return { end: "time", stdout: "", stderr: "", repr: "" } as const;
				throw error;
			});
		} finally {
			clearTimeout(timer);
			signal.removeEventListener("abort", stop);
			this.waiting = undefined;
		}
	}

	kill(): void {
		this.child.kill("SIGKILL");
	}

	private hear(chunk: Buffer): void {
		this.length += chunk.length;
		if (this.length > MAX_ANSWER) this.kill();
		else this.chunks.push(chunk);
		if (chunk.at(-1) !== 0x0a) return;
		const line = Buffer.concat(this.chunks).toString("utf8");
		this.chunks = [];
		this.length = 0;
		const answer = answerSchema.safeParse(read(line));
		if (answer.success && answer.data.id === this.waiting?.id) this.waiting.heard(answer.data);
		else this.kill();
	}
}

function read(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}
