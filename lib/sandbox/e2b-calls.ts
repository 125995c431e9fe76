import "server-only";
import { z } from "zod";
import { E2bFault } from "./e2b-fault";
import {
	type E2bDoors,
	ENVD,
	enveloped,
	envelopeValues,
	faultOfStatus,
	INTERPRETER,
	jsonOf,
	lineValues,
	piecesOf,
	wired,
	wiredWell,
} from "./e2b-wire";
import { HOME, OUTPUT_MB } from "./engine";

const MB = 1024 * 1024;
/** JSON and base64 make output longer on the wire than it is. */
const MAX_STREAM = 2 * OUTPUT_MB * MB;
/** Text of a result, an error's value and its traceback, in characters: as `box.py` cuts them. */
const [MAX_RESULT, MAX_VALUE, MAX_TRACEBACK] = [20_000, 2000, 8000];
const MAX_PICTURES = 10;
/** The account in a sandbox whose home is the working directory. */
const USER = "user";
const CONNECT = { "connect-protocol-version": "1", authorization: `Basic ${btoa(`${USER}:`)}` };

const toldSchema = z.object({
	type: z.string(),
	text: z.string().nullish(),
	name: z.string().nullish(),
	value: z.string().nullish(),
	traceback: z.string().nullish(),
	is_main_result: z.boolean().nullish(),
	png: z.string().nullish(),
	jpeg: z.string().nullish(),
	svg: z.string().nullish(),
});
type Told = z.infer<typeof toldSchema>;

/** Hears what a call writes, as it comes. */
export type E2bHeard = { out(chunk: Uint8Array): void; err(chunk: Uint8Array): void };
/** A picture that code has shown without writing it to a file. */
export type Picture = { ending: "png" | "jpg" | "svg"; bytes: Uint8Array };
export type E2bExecuted = {
	result?: string;
	error?: { name: string; value: string; traceback: string };
	pictures: Picture[];
};

/** The interpreter gave up its variables in the middle of a call. */
const LOST = ["ContextRestarting", "UnexpectedEndOfExecution"];

/**
 * Runs Python in the interpreter that keeps its variables from call to call. Asked here and not through E2B's library,
 * which reads a line of any length into memory before it shows it, follows redirects, and cannot be stopped.
 */
export async function execute(
	doors: E2bDoors,
	code: string,
	heard: E2bHeard,
	signal: AbortSignal,
): Promise<E2bExecuted> {
	const headers = { "content-type": "application/json" };
	const body = JSON.stringify({ code });
	const answer = await wiredWell(doors, { port: INTERPRETER, path: "/execute", headers, body }, signal);
	const executed: E2bExecuted = { pictures: [] };
	for await (const value of lineValues(piecesOf(answer.body, MAX_STREAM, signal))) {
		const told = toldSchema.safeParse(value);
		if (told.success) take(told.data, executed, heard);
	}
	return executed;
}

function take(told: Told, executed: E2bExecuted, heard: E2bHeard): void {
	const { type, text } = told;
	if (type === "stdout") heard.out(Buffer.from(text ?? ""));
	if (type === "stderr") heard.err(Buffer.from(text ?? ""));
	if (type === "error") executed.error = errorOf(told);
	if (type !== "result") return;
	if (told.is_main_result && text != null) executed.result = text.slice(0, MAX_RESULT).toWellFormed();
	const picture = pictureOf(told);
	if (picture && executed.pictures.length < MAX_PICTURES) executed.pictures.push(picture);
}

function errorOf({ name, value, traceback }: Told): NonNullable<E2bExecuted["error"]> {
	if (name != null && LOST.includes(name)) throw new E2bFault("gone", "Python at E2B was started anew.");
	return {
		name: (name ?? "").slice(0, MAX_VALUE),
		value: (value ?? "").slice(0, MAX_VALUE).toWellFormed(),
		traceback: (traceback ?? "").slice(-MAX_TRACEBACK).toWellFormed(),
	};
}

function pictureOf({ png, jpeg, svg }: Told): Picture | undefined {
	if (png != null) return { ending: "png", bytes: Buffer.from(png, "base64") };
	if (jpeg != null) return { ending: "jpg", bytes: Buffer.from(jpeg, "base64") };
	return svg == null ? undefined : { ending: "svg", bytes: Buffer.from(svg) };
}

const bytesSchema = z.string().transform((text) => Buffer.from(text, "base64"));
const eventSchema = z.object({
	event: z.object({
		data: z.object({ stdout: bytesSchema.optional(), stderr: bytesSchema.optional() }).optional(),
		end: z.object({ exitCode: z.int().default(0) }).optional(),
	}),
});

/** Runs a command in a shell of its own; gives its exit status. */
export async function runCommand(
	doors: E2bDoors,
	command: string,
	heard: E2bHeard,
	signal: AbortSignal,
): Promise<number> {
	const headers = { ...CONNECT, "content-type": "application/connect+json", "keepalive-ping-interval": "50" };
	const body = enveloped({
		process: { cmd: "/bin/bash", args: ["-l", "-c", command], cwd: HOME, envs: {} },
		stdin: false,
	});
	const answer = await wiredWell(doors, { port: ENVD, path: "/process.Process/Start", headers, body }, signal);
	let exit: number | undefined;
	for await (const value of envelopeValues(piecesOf(answer.body, MAX_STREAM, signal))) {
		const told = eventSchema.safeParse(value);
		if (!told.success) continue;
		const { data, end } = told.data.event;
		if (data?.stdout) heard.out(data.stdout);
		if (data?.stderr) heard.err(data.stderr);
		if (end) exit = end.exitCode;
	}
	if (exit === undefined) throw new E2bFault("gone", "The command at E2B ended without a status.");
	return exit;
}

const MAX_LIST = 16 * MB;
const entrySchema = z.object({
	type: z.string().default(""),
	path: z.string().default(""),
	size: z.coerce.number().default(0),
	modifiedTime: z.string().default(""),
});
const listSchema = z.object({ entries: z.array(entrySchema).default([]) });
type Entry = z.infer<typeof entrySchema>;

/** What the sandbox says stands in its working directory, so many folders deep. Nothing of it is to be believed. */
export async function list(doors: E2bDoors, depth: number, signal: AbortSignal): Promise<Entry[]> {
	const headers = { ...CONNECT, "content-type": "application/json" };
	const body = JSON.stringify({ path: HOME, depth });
	const asked = { port: ENVD, path: "/filesystem.Filesystem/ListDir", headers, body } as const;
	const answer = await wiredWell(doors, asked, signal);
	const told = listSchema.safeParse(await jsonOf(answer.body, MAX_LIST, signal));
	if (!told.success) throw new E2bFault("refused", "The sandbox at E2B told its files in a form that cannot be read.");
	return told.data.entries;
}

const fileAt = (path: string): string => `/files?${new URLSearchParams({ path, username: USER })}`;

/** A file of the sandbox in pieces, of any length; undefined where it is no more. */
export async function download(
	doors: E2bDoors,
	path: string,
	signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array> | undefined> {
	const { status, body } = await wired(doors, { port: ENVD, path: fileAt(path), method: "GET" }, signal);
	if (status === 200) return piecesOf(body, Number.POSITIVE_INFINITY, signal);
	await body.dump();
	if (status === 404) return undefined;
	throw faultOfStatus(status);
}

/** Puts a file into the sandbox, in place of one that is there. */
export async function upload(doors: E2bDoors, path: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
	const form = new FormData();
	form.append("file", new Blob([Uint8Array.from(bytes)]), path);
	const packed = new Response(form);
	const headers = { "content-type": packed.headers.get("content-type") ?? "" };
	const body = Buffer.from(await packed.arrayBuffer());
	const answer = await wiredWell(doors, { port: ENVD, path: fileAt(path), headers, body }, signal);
	await answer.body.dump();
}
