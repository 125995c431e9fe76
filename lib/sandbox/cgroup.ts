import "server-only";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { SandboxLimits } from "./engine";

const ROOT = "/sys/fs/cgroup";
const PREFIX = "soundings-";
/** For the process that watches the others. */
const SPARE = 64 * 1024 * 1024;

/** A control group for one sandbox: what enters it by writing to `entrances` is held to the limits together. */
export type ControlGroup = { entrances: string[]; close(): Promise<void> };

/** Makes a group in the one this process is in; undefined where that is not allowed (most often without root). */
export async function openGroup(name: string, limits: SandboxLimits): Promise<ControlGroup | undefined> {
	const own = await readFile("/proc/self/cgroup", "utf8").catch(() => "");
	const wanted = existsSync(join(ROOT, "cgroup.controllers")) ? unified(own, limits) : byController(own, limits);
	const made: string[] = [];
	try {
		for (const { parent, values } of wanted) {
			await sweep(parent);
			const folder = join(parent, `${PREFIX}${process.pid}-${name}`);
			await mkdir(folder);
			made.push(folder);
			for (const [file, value] of values) await writeFile(join(folder, file), value);
		}
	} catch {
		await removeAll(made);
		return undefined;
	}
	if (made.length === 0) return undefined;
	return { entrances: made.map((folder) => join(folder, "cgroup.procs")), close: () => removeAll(made) };
}

type Wanted = { parent: string; values: [file: string, value: string][] };

/** Version 2: one tree. Writing a limit fails when the tree does not pass its controller on. */
function unified(own: string, { memoryBytes, processes }: SandboxLimits): Wanted[] {
	const path = /^0::(\/.*)$/m.exec(own)?.[1];
	if (path === undefined) return [];
	const values: Wanted["values"] = [
		["memory.max", String(memoryBytes + SPARE)],
		["pids.max", String(processes + 16)],
		["cpu.max", "100000 100000"],
	];
	return [{ parent: join(ROOT, path), values }];
}

/** Version 1: a tree for each controller. */
function byController(own: string, { memoryBytes, processes }: SandboxLimits): Wanted[] {
	const parentOf = (controller: string) => {
		const path = new RegExp(`^\\d+:(?:[^:]*,)?${controller}(?:,[^:]*)?:(/.*)$`, "m").exec(own)?.[1];
		return path === undefined ? undefined : join(ROOT, controller, path);
	};
	const limits: [controller: string, values: Wanted["values"]][] = [
		["memory", [["memory.limit_in_bytes", String(memoryBytes + SPARE)]]],
		["pids", [["pids.max", String(processes + 16)]]],
		["cpu", [["cpu.cfs_quota_us", "100000"]]],
	];
	return limits.flatMap(([controller, values]) => {
		const parent = parentOf(controller);
		return parent === undefined ? [] : [{ parent, values }];
	});
}

/** Groups of a server that was killed go. */
async function sweep(parent: string): Promise<void> {
	for (const name of await readdir(parent)) {
		const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
		if (owner !== undefined && !existsSync(`/proc/${owner}`)) await rmdir(join(parent, name)).catch(() => undefined);
	}
}

/** A group can be removed a moment after its last process has died. */
async function removeAll(folders: readonly string[]): Promise<void> {
	for (const folder of folders) {
		for (let tries = 0; tries < 50; tries++) {
			const removed = await rmdir(folder).then(
				() => true,
				(error: NodeJS.ErrnoException) => error.code === "ENOENT",
			);
			if (removed) break;
			await wait(20);
		}
	}
}
