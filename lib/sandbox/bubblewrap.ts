import "server-only";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { ProcessBox } from "./box";
import { type ControlGroup, openGroup } from "./cgroup";
import { type EngineFound, HOME, type Launcher, limitsOf } from "./engine";
import { giveTo, leaveUser, takeUser } from "./users";

/** Where a system's own programs stand; what a person's PATH adds to them is not for the sandbox. */
const SYSTEM_PATH = ["/usr/bin", "/usr/local/bin", "/bin"].join(delimiter);
const PYTHONS = ["/usr/bin/python3", "/usr/local/bin/python3"];
/** What programs below /usr look for in /etc; nothing of it is secret. */
const ETC = ["alternatives", "ld.so.cache", "matplotlibrc", "fonts"].map((name) => `/etc/${name}`);
const TMP_BYTES = 64 * 1024 * 1024;
const SHM_BYTES = 16 * 1024 * 1024;
/** Any folder that every system has: the working directory is laid over it, for this one process tree. */
const STAGE = "/mnt";
/** All that the programs around the sandbox see of this process's own. */
const ENVIRONMENT = { PATH: "/usr/bin:/bin:/usr/local/bin" } as unknown as NodeJS.ProcessEnv;
/** Enters the control groups, then becomes the command. */
const ENTER = 'n=$1; shift; while [ "$n" -gt 0 ]; do echo $$ > "$1" || exit 1; shift; n=$((n-1)); done; exec "$@"';

/** The system's Python in a sandbox of Linux namespaces, or what is missing for it. */
export async function bubblewrap(path = SYSTEM_PATH): Promise<EngineFound> {
	if (process.platform !== "linux") return { ok: false, missing: "bubblewrap needs Linux" };
	const isRoot = process.getuid?.() === 0;
	const bwrap = await firstOf(path.split(delimiter).map((folder) => join(folder, "bwrap")));
	const python = await firstOf(PYTHONS);
	const setpriv = isRoot ? await firstOf(["/usr/bin/setpriv", "/bin/setpriv"]) : "";
	if (!bwrap) return { ok: false, missing: "bubblewrap is not installed" };
	if (!python) return { ok: false, missing: "python3 is not installed" };
	if (setpriv === undefined) return { ok: false, missing: "setpriv (util-linux) is not installed" };
	const launch: Launcher = async (folder, name, box) => {
		const user = isRoot ? takeUser() : undefined;
		if (user !== undefined) await giveTo(folder, user);
		const group = await openGroup(name, limitsOf());
		const source = user === undefined ? folder : STAGE;
		const inner = [bwrap, ...wallsAround(source), python, "-I", "-B", ...box];
		const outer = user === undefined ? inner : [...asUser(user, { bwrap, setpriv, folder }), ...inner];
		return {
			command: entering(group, outer),
			environment: ENVIRONMENT,
			close: async () => {
				if (user !== undefined) leaveUser(user);
				await group?.close();
			},
		};
	};
	const start = (folder: string, name: string) => ProcessBox.start(launch, folder, name);
	return { ok: true, engine: { id: "bubblewrap", program: python, start } };
}

async function firstOf(paths: readonly string[]): Promise<string | undefined> {
	for (const path of paths) {
		const isThere = await access(path, constants.X_OK).then(
			() => true,
			() => false,
		);
		if (isThere) return path;
	}
	return undefined;
}

/** The walls: no network, no host files but programs, nothing writable but the working directory and small ones in memory. */
export function wallsAround(source: string): string[] {
	return [
		...[
			"--unshare-user",
			"--unshare-all",
			"--disable-userns",
			"--as-pid-1",
			"--die-with-parent",
			"--new-session",
			"--clearenv",
		],
		...["--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"],
		...["--symlink", "usr/bin", "/bin", "--symlink", "usr/sbin", "/sbin"],
		...ETC.flatMap((path) => ["--ro-bind-try", path, path]),
		...["--proc", "/proc", "--dev", "/dev", "--size", String(SHM_BYTES), "--tmpfs", "/dev/shm", "--remount-ro", "/dev"],
		...["--size", String(TMP_BYTES), "--tmpfs", "/tmp", "--bind", source, HOME, "--chdir", HOME, "--remount-ro", "/"],
		...["--cap-drop", "ALL", "--uid", "65534", "--gid", "65534", "--hostname", "sandbox", "--"],
	];
}

type Programs = { bwrap: string; setpriv: string; folder: string };

/**
 * Root's sandboxes run as nobody: the kernel does not count the processes of root, whatever it is called inside. The
 * folder is laid over another one first, since it stands where only root may go.
 */
const asUser = (user: number, { bwrap, setpriv, folder }: Programs): string[] => [
	...[bwrap, "--dev-bind", "/", "/", "--bind", folder, STAGE, "--die-with-parent"],
	...["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP", "--"],
	...[setpriv, `--reuid=${user}`, `--regid=${user}`, "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"],
	...["--no-new-privs", "--pdeathsig=KILL", "--"],
];

function entering(group: ControlGroup | undefined, command: string[]): [string, ...string[]] {
	const entrances = group?.entrances ?? [];
	return ["/bin/sh", "-c", ENTER, "sh", String(entrances.length), ...entrances, ...command];
}
