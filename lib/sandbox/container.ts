import "server-only";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { env, environmentVariable } from "../env";
import { ProcessBox } from "./box";
import { type EngineFound, HOME, type Launch, type Launcher, limitsOf, type SandboxLimits } from "./engine";
import { giveTo, leaveUser, takeUser } from "./users";

const run = promisify(execFile);
const WAIT_MS = 5000;
const REMOVE_MS = 30_000;
const PROGRAMS = ["podman", "docker"] as const;
/** For the process that watches the others. */
const SPARE = 64 * 1024 * 1024;
/** What the two programs need of this process's environment to find their own daemon, settings and images. */
const NEEDED = [
	...["PATH", "HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "DBUS_SESSION_BUS_ADDRESS"],
	...["CONTAINER_HOST", "CONTAINERS_CONF", "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG"],
];

type Program = (typeof PROGRAMS)[number];
/** Whose the code's processes are: a user of this machine and of the container, told to the program in `told`. */
type Owner = { user: number; told: string[]; leave(): void };

const imageSchema = z.tuple([
	z.object({ Id: z.string(), Config: z.object({ Volumes: z.record(z.string(), z.unknown()).nullish() }).nullish() }),
]);

/** Python of an image that is there, in podman or docker; or what is missing for it. */
export async function container(): Promise<EngineFound> {
	const image = env().PYTHON_IMAGE;
	const missing: string[] = [];
	for (const program of PROGRAMS) {
		const asked = await run(program, ["image", "inspect", image], { timeout: WAIT_MS, env: environment() }).then(
			({ stdout }) => foundIn(program, image, stdout),
			(error: NodeJS.ErrnoException & { stderr?: string }) => problemOf(program, image, error),
		);
		if (typeof asked !== "string") return asked;
		if (asked !== "absent") missing.push(asked);
	}
	return { ok: false, missing: missing.join(", ") || "neither podman nor docker is installed" };
}

function problemOf(program: string, image: string, error: NodeJS.ErrnoException & { stderr?: string }): string {
	if (error.code === "ENOENT") return "absent";
	const said = error.stderr ?? "";
	if (/no such image|not known|no such object/i.test(said)) return `${program} has no image ${image}`;
	const last = (said || error.message).trim().split("\n").at(-1) ?? "";
	return `${program} does not answer: ${last.slice(0, 200).replace(/[.?!]+$/, "")}`;
}

/** The image is started by what it is, not by its name: what was tried is what runs, whatever is built under the name later. */
function foundIn(program: Program, image: string, inspected: string): EngineFound | string {
	const [{ Id: id, Config }] = imageSchema.parse(JSON.parse(inspected));
	const volumes = Object.keys(Config?.Volumes ?? {});
	if (volumes.length > 0)
		return `the image ${image} has folders that anyone may write to (VOLUME ${volumes.join(" ")})`;
	const short = id.replace(/^sha256:/, "").slice(0, 12);
	const start = (folder: string, name: string) =>
		ProcessBox.start(launcher(program, id), folder, name, { ...limitsOf(), ...countedElsewhere(program) });
	return { ok: true, engine: { id: "container", program: `${program} ${image} ${short}`, start } };
}

const launcher =
	(program: Program, image: string): Launcher =>
	async (folder, name, box): Promise<Launch> => {
		const owner = ownerFor(program);
		await giveTo(folder, owner.user);
		const container = `soundings-${process.pid}-${name}`;
		const told = containerArguments({ program, folder, name: container, owner }, limitsOf());
		return {
			command: [program, ...told, image, "-i", "PATH=/usr/local/bin:/usr/bin:/bin", "python3", "-I", "-B", ...box],
			environment: environment(),
			close: async () => {
				const options = { timeout: REMOVE_MS, env: environment() };
				await run(program, ["rm", "--force", container], options).catch(() => undefined);
				owner.leave();
			},
		};
	};

/**
 * Root takes a user of its own for each sandbox, so that none counts the processes of another. Anybody else stays who
 * they are: what the code writes is then theirs to read and to remove.
 */
function ownerFor(program: Program): Owner {
	const [uid = 0, gid = 0] = [process.getuid?.(), process.getgid?.()];
	if (uid !== 0) {
		const same = program === "podman" ? ["--userns=keep-id"] : [];
		return { user: uid, told: [...same, `--user=${uid}:${gid}`], leave: () => undefined };
	}
	const user = takeUser();
	return { user, told: [`--user=${user}:${user}`], leave: () => leaveUser(user) };
}

/** Docker's containers share the user's count of processes with all else they run: there the control group alone counts. */
const countedElsewhere = (program: Program) => program === "docker" && process.getuid?.() !== 0 && { processes: null };

function environment(): NodeJS.ProcessEnv {
	const found = NEEDED.map((name) => [name, environmentVariable(name)] as const);
	return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as NodeJS.ProcessEnv;
}

type Around = { program: Program; folder: string; name: string; owner: Pick<Owner, "told"> };

/**
 * What the program is told: no network, nothing writable but the working directory and small ones in memory, the limits,
 * nothing fetched, nothing of the machine's names, nothing kept. An image's own way to start is passed over.
 */
export const containerArguments = ({ program, folder, name, owner }: Around, limits: SandboxLimits): string[] => [
	...["run", "--rm", "--interactive", "--pull=never", "--name", name, "--hostname", "sandbox", "--entrypoint=env"],
	...["--log-driver=none", "--stop-signal=SIGKILL", "--stop-timeout=0", ...owner.told],
	...["--network=none", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges"],
	...[`--memory=${limits.memoryBytes + SPARE}`, `--memory-swap=${limits.memoryBytes + SPARE}`, "--cpus=1"],
	...[`--pids-limit=${limits.processes + 16}`, "--tmpfs=/tmp:rw,nosuid,nodev,size=64m"],
	...["--tmpfs=/dev/shm:rw,nosuid,nodev,noexec,size=16m", `--volume=${folder}:${HOME}:rw`, `--workdir=${HOME}`],
	// Without these, podman asks for more than a server without all rights may have.
	...["--ulimit=core=0", "--ulimit=nofile=256:256"],
	...(program === "podman" ? [`--ulimit=nproc=${limits.processes}:${limits.processes}`, ...ONLY_PODMAN] : []),
];

const ONLY_PODMAN = [
	...["--no-hosts", "--http-proxy=false", "--read-only-tmpfs=false", "--security-opt=mask=/sys:/dev/mqueue"],
];
