import { expect, test } from "vitest";
import { wallsAround } from "./bubblewrap";
import { containerArguments } from "./container";
import { seccompFilter } from "./seccomp";

test("a container has no network, no rights, nothing writable but the working directory, and all limits", () => {
	const limits = { home: "/home/user", memoryBytes: 1 << 30, diskBytes: 9, fileBytes: 9, files: 9, processes: 128 };
	const told = containerArguments("/data/sandboxes/run/boxes/main", "soundings-1-a", limits);
	for (const wanted of ["--rm", "--interactive", "--pull=never", "--network=none", "--read-only", "--cap-drop=ALL"]) {
		expect(told).toContain(wanted);
	}
	expect(told).toEqual(expect.arrayContaining(["--security-opt=no-new-privileges", "--user=65534:65534", "--cpus=1"]));
	expect(told).toEqual(expect.arrayContaining([`--memory=${1 << 30}`, `--memory-swap=${1 << 30}`, "--pids-limit=144"]));
	expect(told.filter((one) => one.startsWith("--volume"))).toEqual([
		"--volume=/data/sandboxes/run/boxes/main:/home/user:rw",
	]);
	expect(told.some((one) => /docker\.sock|privileged$|--env/.test(one))).toBe(false);
});

test("bubblewrap gives write access to one folder of the host, and reads only programs", () => {
	const walls = wallsAround("/data/box");
	const after = (option: string) => walls.flatMap((one, at) => (one === option ? [walls[at + 1]] : []));
	expect(after("--bind")).toEqual(["/data/box"]);
	expect(after("--dev-bind")).toEqual([]);
	expect(after("--ro-bind")).toEqual(["/usr"]);
	expect(after("--ro-bind-try")).toEqual(["/etc/alternatives", "/etc/ld.so.cache", "/etc/matplotlibrc", "/etc/fonts"]);
	expect(walls).toEqual(
		expect.arrayContaining(["--unshare-all", "--disable-userns", "--die-with-parent", "--clearenv"]),
	);
});

test("the filter is a program of the kernel's for the architectures it has numbers of, and none for others", () => {
	for (const architecture of ["x64", "arm64"]) {
		const filter = seccompFilter(architecture) ?? Buffer.alloc(0);
		expect(filter.length % 8).toBe(0);
		expect(filter.length / 8).toBeLessThan(4096);
		expect(filter.readUInt16LE(filter.length - 8)).toBe(6);
	}
	expect(seccompFilter("riscv64")).toBeUndefined();
});
