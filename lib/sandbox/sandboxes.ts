import "server-only";
import { randomInt } from "node:crypto";
import { realpath } from "node:fs/promises";
import { basename, join, posix } from "node:path";
import type { Ran, Sandboxes } from "../agent/tool";
import { env } from "../env";
import { collect, type Directory, standingIn } from "./collect";
import { type Box, type BoxAnswer, type BoxRequest, HOME, IDLE_MS, limitsOf, OUTPUT_MB } from "./engine";
import { boxFolder, boxIds, isParted, MAIN, readRegular, removeFolder, writeBelow } from "./folders";
import { chosenEngine } from "./health";
import { normalised } from "./normalise";
import { Turns } from "./turns";

/** Sandboxes of one run that may stand ready at a time; the one used longest ago is stopped for a new one. */
const MAX_READY = 3;
const MAX_COMMAND = 100_000;
const NONE = "Python cannot be run on this machine now. Go on without it.";

type Ready = { box: Box; folder: string; standing: Directory; idle: ReturnType<typeof setTimeout> };
/**
 * `known`: sandboxes that have run something in this process, so that a new start means lost variables. `laid`: files that
 * came into them from outside, as `ID/PATH`: they do not show that something ran there.
 */
type OfRun = { ready: Map<string, Ready>; known: Set<string>; laid: Set<string> };
type Held = { soundingsBoxes?: Map<string, OfRun>; soundingsTurns?: Turns };

function ofRun(runId: string): OfRun {
	const held = globalThis as Held;
	held.soundingsBoxes ??= new Map();
	const known = held.soundingsBoxes.get(runId) ?? { ready: new Map(), known: new Set(), laid: new Set() };
	held.soundingsBoxes.set(runId, known);
	return known;
}

function turns(): Turns {
	const held = globalThis as Held;
	held.soundingsTurns ??= new Turns(env().PYTHON_PARALLEL);
	return held.soundingsTurns;
}

/** The sandboxes of a run, for a call that ends when `signal` says so. */
export const sandboxesOf = (runId: string, signal: AbortSignal): Sandboxes => ({
	create: () => create(runId),
	python: async (code, id) => {
		const request = { kind: "python", code: normalised(code) } as const;
		return turns().take(signal, () =>
			id === undefined ? thrownAway(runId, request, signal) : inBox(runId, id, request, signal),
		);
	},
	command: async (command, id) => {
		const request = { kind: "command", command: checkedCommand(command) } as const;
		return turns().take(signal, () => inBox(runId, id, request, signal));
	},
	put: (id, path, bytes) => put(runId, id, path, bytes),
	find: (name) => find(runId, name),
});

/** Stops all sandboxes of a run. Their working directories stay. */
export async function closeSandboxes(runId: string): Promise<void> {
	const { ready } = ofRun(runId);
	(globalThis as Held).soundingsBoxes?.delete(runId);
	await Promise.all([...ready.keys()].map((id) => stop(ready, id)));
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
const newId = (): string => Array.from({ length: 20 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");

async function create(runId: string): Promise<string> {
	if (!(await chosenEngine())) throw new Error(NONE);
	const id = newId();
	await boxFolder(runId, id, true);
	return id;
}

async function inBox(runId: string, id: string, request: BoxRequest, signal: AbortSignal): Promise<Ran> {
	const folder = await boxFolder(runId, id, id === MAIN);
	if (!folder) throw new Error(await unknown(runId, id));
	const { ready, known } = ofRun(runId);
	const wasKnown = known.has(id) || ready.has(id);
	const started = await readyBox(ready, id, folder);
	const answer = await started.box.ask(request, env().PYTHON_SECONDS, signal).catch(async (error: unknown) => {
		await stop(ready, id);
		throw error;
	});
	const notes = answer.fresh && request.kind === "python" ? await whatIsGone({ runId, id, wasKnown, started }) : [];
	known.add(id);
	if (answer.end === "disk") {
		await stop(ready, id);
		await removeFolder(folder);
		await boxFolder(runId, id, true);
		return { ...ranOf(answer), files: [], notes };
	}
	if (started.box.isOver || answer.repr === "") await stop(ready, id);
	const { files, standing, notes: written } = await collect(runId, folder, started.standing);
	started.standing = standing;
	return { ...ranOf(answer), files, notes: [...notes, ...written] };
}

async function readyBox(ready: Map<string, Ready>, id: string, folder: string): Promise<Ready> {
	const known = ready.get(id);
	if (known && !known.box.isOver) {
		known.idle.refresh();
		ready.delete(id);
		ready.set(id, known);
		return known;
	}
	const [oldest] = ready.keys();
	if (ready.size >= MAX_READY && oldest !== undefined) await stop(ready, oldest);
	const idle = setTimeout(() => void stop(ready, id), IDLE_MS).unref();
	const started = { box: await startBox(folder), folder, standing: await standingIn(folder), idle };
	ready.set(id, started);
	return started;
}

async function startBox(folder: string): Promise<Box> {
	const engine = await chosenEngine();
	if (!engine) throw new Error(NONE);
	return engine.start(await realpath(folder), newId().slice(0, 8));
}

async function stop(ready: Map<string, Ready>, id: string): Promise<void> {
	const known = ready.get(id);
	ready.delete(id);
	if (!known) return;
	clearTimeout(known.idle);
	known.box.kill();
	await known.box.ended;
}

/** A sandbox for one call. What it leaves is kept with the run, its directory is not. */
async function thrownAway(runId: string, request: BoxRequest, signal: AbortSignal): Promise<Ran> {
	const folder = (await boxFolder(runId, newId(), true)) as string;
	let box: Box | undefined;
	try {
		box = await startBox(folder);
		const answer = await box.ask(request, env().PYTHON_SECONDS, signal);
		const collected = answer.end === "disk" ? { files: [], notes: [] } : await collect(runId, folder, new Map());
		return { ...ranOf(answer), files: collected.files, notes: collected.notes };
	} finally {
		box?.kill();
		await box?.ended;
		await removeFolder(folder);
	}
}

type Fresh = { runId: string; id: string; wasKnown: boolean; started: Ready };

async function whatIsGone({ runId, id, wasKnown, started }: Fresh): Promise<string[]> {
	const { laid } = ofRun(runId);
	if (wasKnown || [...started.standing.keys()].some((path) => !laid.has(`${id}/${path}`))) {
		return ["Python was started anew: variables and imports of earlier calls are gone, files are still there."];
	}
	return id === MAIN && (await isParted(runId))
		? ["This run goes on from an earlier point of another one: variables and files of earlier calls are not here."]
		: [];
}

async function unknown(runId: string, id: string): Promise<string> {
	const shown = JSON.stringify(id.slice(0, 60));
	if (await isParted(runId)) {
		return `The sandbox ${shown} belongs to the run that this one was forked from, and its files are not here. Create a new sandbox with create_sandbox.`;
	}
	return `There is no sandbox ${shown}. Create one with create_sandbox and use the sandbox_id it returns.`;
}

function ranOf({ end, stdout, stderr, repr, result, error, exit }: BoxAnswer): Omit<Ran, "files" | "notes"> {
	const stopped = stoppedBy(end, exit ?? undefined);
	return {
		stdout,
		stderr,
		repr,
		...(result != null && { result }),
		...(error && { error }),
		...(exit != null && { exit }),
		...(stopped && { stopped }),
	};
}

function stoppedBy(end: BoxAnswer["end"], exit: number | undefined): string | undefined {
	const { PYTHON_SECONDS, PYTHON_MEMORY_MB, PYTHON_DISK_MB } = env();
	const lost = "Variables are gone, files are kept.";
	switch (end) {
		case "done":
			return undefined;
		case "time":
			return `Stopped after ${PYTHON_SECONDS} s, the longest a call may take. ${lost}`;
		case "memory":
			return `Stopped because it used more than ${PYTHON_MEMORY_MB} MB of memory. ${lost}`;
		case "disk":
			return `Stopped because it wrote more than ${PYTHON_DISK_MB} MB or ${limitsOf().files.toLocaleString("en")} files. Variables and files are gone.`;
		case "output":
			return `Stopped because it wrote more than ${OUTPUT_MB} MB of output. ${lost}`;
		case "died":
			return exit === -9
				? `Python was killed, most likely because it used more than ${PYTHON_MEMORY_MB} MB of memory. ${lost}`
				: `Python ended itself${exit === undefined ? "" : ` (exit status ${exit})`}. ${lost}`;
		default:
			return end satisfies never;
	}
}

function checkedCommand(command: string): string {
	const plain = command.toWellFormed();
	if (plain.trim() === "") throw new Error("There is nothing to run: the command is empty.");
	if (plain.includes("\0")) throw new Error("The command holds a NUL character.");
	if (plain.length > MAX_COMMAND) throw new Error(`The command has more than ${MAX_COMMAND} characters. Write a file.`);
	return plain;
}

/** Paths are taken below the working directory, wherever they seem to lead. */
async function put(runId: string, id: string, path: string, bytes: Uint8Array): Promise<string> {
	const folder = await boxFolder(runId, id, id === MAIN);
	if (!folder) throw new Error(await unknown(runId, id));
	const { diskBytes, fileBytes } = limitsOf();
	if (bytes.length > fileBytes) {
		throw new Error(`The file has ${bytes.length} bytes; at most ${fileBytes} of ${diskBytes} fit into the sandbox.`);
	}
	const below = posix.relative(HOME, posix.resolve(HOME, path.toWellFormed().replaceAll("\0", "")));
	const parts = below.split("/").filter((part) => part !== "" && part !== "..");
	if (parts.length === 0) throw new Error(`${path} names no file below ${HOME}.`);
	await writeBelow(folder, parts, bytes);
	ofRun(runId).laid.add([id, ...parts].join("/"));
	return posix.join(HOME, ...parts);
}

/** Puts a file into the main sandbox's working directory unless it is there. One that is too large for it stays out. */
export async function layOut(runId: string, name: string, bytes: Uint8Array): Promise<void> {
	const folder = await boxFolder(runId, MAIN, true);
	if (!folder || bytes.length > limitsOf().fileBytes) return;
	const isThere = (await standingIn(folder)).has(name);
	if (isThere) return;
	await writeBelow(folder, [name], bytes);
	ofRun(runId).laid.add(`${MAIN}/${name}`);
}

async function find(runId: string, name: string): Promise<Uint8Array | undefined> {
	const plain = basename(name.replaceAll("\0", ""));
	for (const id of await boxIds(runId)) {
		const folder = await boxFolder(runId, id, false);
		const bytes = folder && (await readRegular(join(folder, plain), limitsOf().fileBytes));
		if (bytes) return bytes;
	}
	return undefined;
}
