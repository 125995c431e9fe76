import "server-only";
import { existsSync, readFileSync } from "node:fs";

type Held = { soundingsOwner?: string };

/** Start time of a process in clock ticks, where the system tells (Linux): a recycled pid has another one. */
function startedAt(pid: number): string | undefined {
	const path = `/proc/${pid}/stat`;
	if (!existsSync(path)) return undefined;
	const stat = readFileSync(path, "utf8");
	return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

/** Names this process as the owner of its leases: pid, start time, a random part. */
export function thisOwner(): string {
	const held = globalThis as Held;
	held.soundingsOwner ??= `${process.pid}:${startedAt(process.pid) ?? ""}:${crypto.randomUUID()}`;
	return held.soundingsOwner;
}

/** Whether the process behind a lease is certainly gone; false when the system cannot tell (the heartbeat then decides). */
export function isGone(owner: string): boolean {
	const [pid, start] = owner.split(":");
	if (!existsSync("/proc/self/stat")) return false;
	return startedAt(Number(pid)) !== start;
}
