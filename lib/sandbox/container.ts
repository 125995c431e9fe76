import "server-only";
import { execFile } from "node:child_process";
import { chmod } from "node:fs/promises";
import { promisify } from "node:util";
import { env } from "../env";
import { ProcessBox } from "./box";
import { type EngineFound, HOME, type Launcher, limitsOf, type SandboxLimits } from "./engine";

const run = promisify(execFile);
const WAIT_MS = 5000;

/** Python of an image that is there, in podman or docker; or what is missing for it. */
export async function container(): Promise<EngineFound> {
	const image = env().PYTHON_IMAGE;
	let missing = "neither podman nor docker is installed";
	for (const program of ["podman", "docker"]) {
		const asked = await run(program, ["image", "inspect", image], { timeout: WAIT_MS }).then(
			() => "",
			(error: NodeJS.ErrnoException & { stderr?: string }) => problemOf(program, image, error),
		);
		if (asked === "") return found(program, image);
		if (asked !== "absent") missing = asked;
	}
	return { ok: false, missing };
}

function problemOf(program: string, image: string, error: NodeJS.ErrnoException & { stderr?: string }): string {
	if (error.code === "ENOENT") return "absent";
	const said = error.stderr ?? "";
	if (/no such image|not known|no such object/i.test(said)) return `${program} has no image ${image}`;
	return `${program} does not answer: ${(said || error.message).trim().split("\n").at(-1)?.slice(0, 200)}`;
}

function found(program: string, image: string): EngineFound {
	const launch: Launcher = async (folder, name, box) => {
		// The user in the container is none of this machine's.
		await chmod(folder, 0o777);
		const container = `soundings-${process.pid}-${name}`;
		return {
			command: [program, ...containerArguments(folder, container, limitsOf()), image, "python3", "-I", "-B", ...box],
			close: async () => {
				await run(program, ["rm", "--force", container], { timeout: WAIT_MS }).catch(() => undefined);
			},
		};
	};
	const start = (folder: string, name: string) => ProcessBox.start(launch, folder, name);
	return { ok: true, engine: { id: "container", program: `${program} ${image}`, start } };
}

/** What the engine is told: no network, nothing writable but the working directory, the limits, nothing fetched. */
export const containerArguments = (folder: string, name: string, limits: SandboxLimits): string[] => [
	...["run", "--rm", "--interactive", "--pull=never", "--name", name, "--hostname", "sandbox"],
	...["--network=none", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--user=65534:65534"],
	...[`--memory=${limits.memoryBytes}`, `--memory-swap=${limits.memoryBytes}`, "--cpus=1"],
	...[`--pids-limit=${limits.processes + 16}`, "--shm-size=16m", "--tmpfs=/tmp:rw,nosuid,nodev,size=64m"],
	...[`--volume=${folder}:${HOME}:rw`, `--workdir=${HOME}`, "--ulimit=core=0"],
];
