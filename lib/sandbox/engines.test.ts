import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { layUnder } from "../env";
import { wallsAround } from "./bubblewrap";
import { container, containerArguments } from "./container";
import { seccompFilter } from "./seccomp";

test("a container has no network, no rights, nothing writable but the working directory, and all limits", () => {
	const limits = { home: "/home/user", memoryBytes: 1 << 30, diskBytes: 9, fileBytes: 9, files: 9, processes: 128 };
	const around = {
		folder: "/data/sandboxes/run/boxes/main",
		name: "soundings-1-a",
		owner: { told: ["--user=61300:61300"] },
	};
	const told = containerArguments({ program: "podman", ...around }, limits);
	for (const wanted of ["--rm", "--interactive", "--pull=never", "--network=none", "--read-only", "--cap-drop=ALL"]) {
		expect(told).toContain(wanted);
	}
	expect(told).toEqual(expect.arrayContaining(["--security-opt=no-new-privileges", "--user=61300:61300", "--cpus=1"]));
	expect(told).toEqual(expect.arrayContaining(["--memory=1140850688", "--memory-swap=1140850688", "--pids-limit=144"]));
	expect(told.filter((one) => one.startsWith("--volume"))).toEqual([
		"--volume=/data/sandboxes/run/boxes/main:/home/user:rw",
	]);
	const docker = containerArguments({ program: "docker", ...around }, limits);
	expect(told.filter((one) => !docker.includes(one))).toEqual([
		"--ulimit=nproc=128:128",
		"--no-hosts",
		"--http-proxy=false",
		"--read-only-tmpfs=false",
		"--security-opt=mask=/sys:/dev/mqueue",
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

const image = process.env.PYTHON_IMAGE ?? "localhost/soundings-python";
const isThere = spawnSync("podman", ["image", "exists", image]).status === 0;

test("PY-11: an image that is there is named with its id, one that is not is missing", async ({ skip }) => {
	skip(!isThere, `CONTAINERS ARE NOT TESTED HERE: podman or its image ${image} is missing.`);
	layUnder({ PYTHON_IMAGE: image });
	expect(await container()).toMatchObject({
		ok: true,
		engine: { id: "container", program: expect.stringMatching(/^podman .+ [\da-f]{12}$/) },
	});
	layUnder({ PYTHON_IMAGE: "localhost/soundings-none" });
	const missing = expect.stringMatching(/^podman has no image localhost\/soundings-none($|, docker )/);
	expect(await container()).toEqual({ ok: false, missing });
	const [empty, open] = [Buffer.alloc(1024), "localhost/soundings-open"];
	expect(spawnSync("podman", ["import", "--change", "VOLUME /open", "-", open], { input: empty }).status).toBe(0);
	layUnder({ PYTHON_IMAGE: open });
	const refused = await container();
	spawnSync("podman", ["rmi", "--force", open]);
	expect(refused).toMatchObject({
		missing: expect.stringContaining("folders that anyone may write to (VOLUME /open)"),
	});
});
