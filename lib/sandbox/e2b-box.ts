import "server-only";
import { type E2bExecuted, execute, runCommand } from "./e2b-calls";
import { E2bFault, isFault } from "./e2b-fault";
import type { E2bFiles } from "./e2b-files";
import type { E2bDoors } from "./e2b-wire";
import { type Box, type BoxAnswer, type BoxRequest, OUTPUT_MB } from "./engine";
import { Kept } from "./kept";
import { asCommandResult, asExecution } from "./printed";

const MAX_OUTPUT = OUTPUT_MB * 1024 * 1024;
/** How long files may take to go up before a call and to come back after it; and after one that had to be stopped. */
const SYNC_MS = 120_000;
const RESCUE_MS = 10_000;

/** A sandbox at E2B: the ways into it, and what is asked of E2B itself. */
export type E2bRemote = {
	doors: E2bDoors;
	/** Lets it live for as long again. Throws `E2bFault`. */
	extend(): Promise<void>;
	/** Ends it. */
	kill(): Promise<void>;
};

type Course = {
	end: BoxAnswer["end"];
	out: Kept;
	err: Kept;
	executed: E2bExecuted;
	exit?: number;
};

/** A sandbox that runs at E2B. Its files are fetched after every call; what it leaves running is not stopped. */
export class E2bBox implements Box {
	readonly ended: Promise<void>;
	private readonly gone = Promise.withResolvers<void>();
	private readonly stopping = new AbortController();
	private calls = 0;
	private begun = false;
	private hasPython = false;
	private readonly remote: E2bRemote;
	private readonly files: E2bFiles;

	constructor(remote: E2bRemote, files: E2bFiles) {
		this.remote = remote;
		this.files = files;
		this.ended = this.gone.promise;
	}

	get isOver(): boolean {
		return this.stopping.signal.aborted;
	}

	async ask(request: BoxRequest, seconds: number, signal: AbortSignal): Promise<BoxAnswer> {
		signal.throwIfAborted();
		if (this.isOver) throw new Error("The sandbox has ended.");
		const stop = () => this.kill();
		signal.addEventListener("abort", stop, { once: true });
		try {
			return await this.answered(request, seconds);
		} catch (error) {
			this.kill();
			signal.throwIfAborted();
			throw error;
		} finally {
			signal.removeEventListener("abort", stop);
		}
	}

	kill(): void {
		if (this.isOver) return;
		this.stopping.abort(new Error("The sandbox was stopped."));
		const done = () => this.gone.resolve();
		// E2B ends by itself what it was not told to end.
		void this.remote.kill().then(done, done);
	}

	private async answered(request: BoxRequest, seconds: number): Promise<BoxAnswer> {
		const call = ++this.calls;
		const course = await this.run(request, seconds);
		const end = await this.save(course, call);
		if (end !== "done") this.kill();
		const stdout = course.out.text();
		const stderr = course.err.text();
		if (request.kind === "command") {
			const exit = course.exit ?? (end === "time" ? -9 : undefined);
			return { end, stdout, stderr, exit, repr: asCommandResult({ stdout, stderr, exit }) };
		}
		const fresh = !this.hasPython;
		this.hasPython = true;
		const { result, error } = course.executed;
		return { end, stdout, stderr, result, error, fresh, repr: asExecution({ stdout, stderr, result, error }) };
	}

	/** Runs a call to its end, whichever that is. */
	private async run(request: BoxRequest, seconds: number): Promise<Course> {
		const course: Course = { end: "done", out: new Kept(), err: new Kept(), executed: { pictures: [] } };
		try {
			await this.prepare().catch(onlyGone);
			const signal = this.within(seconds * 1000);
			const heard = { out: hears(course, course.out), err: hears(course, course.err) };
			if (request.kind === "python") course.executed = await execute(this.remote.doors, request.code, heard, signal);
			else course.exit = await runCommand(this.remote.doors, request.command, heard, signal);
		} catch (error) {
			if (!isFault(error, "gone", "late", "too_much")) throw error;
			course.end = ENDS[error.kind];
			if (error.kind === "gone") course.err.add(Buffer.from(`[${error.message}]\n`));
		}
		return course;
	}

	private async prepare(): Promise<void> {
		const signal = this.within(SYNC_MS);
		await Promise.all([this.remote.extend(), this.goUp(signal)]);
	}

	private async goUp(signal: AbortSignal): Promise<void> {
		if (!this.begun) await this.files.begin(signal);
		this.begun = true;
		await this.files.up(signal);
	}

	/** Fetches what the call has left. After one that had to be stopped, what comes in a little time is enough. */
	private async save({ end, executed }: Course, call: number): Promise<BoxAnswer["end"]> {
		try {
			const written = await this.files.down(this.within(end === "done" ? SYNC_MS : RESCUE_MS));
			await this.files.keep(executed.pictures, call, written);
			return end;
		} catch (error) {
			if (isFault(error, "too_much")) return "disk";
			if (error instanceof E2bFault && end !== "done") return end;
			if (isFault(error, "gone")) return "died";
			throw error;
		}
	}

	private within(ms: number): AbortSignal {
		return AbortSignal.any([this.stopping.signal, AbortSignal.timeout(ms)]);
	}
}

/** Before a call has begun nothing but the end of its sandbox ends it; all else is no doing of its own. */
function onlyGone(error: unknown): never {
	throw isFault(error, "late", "too_much") ? new Error(error.message, { cause: error }) : error;
}

const ENDS = { gone: "died", late: "time", too_much: "output", refused: "died" } as const;

function hears({ out, err }: Course, kept: Kept): (chunk: Uint8Array) => void {
	return (chunk) => {
		kept.add(chunk);
		if (out.total + err.total > MAX_OUTPUT) throw new E2bFault("too_much", "The call wrote too much output.");
	};
}
