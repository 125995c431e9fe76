import "server-only";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "../env";
import { Box } from "./box";
import { bubblewrap } from "./bubblewrap";
import { container } from "./container";
import type { Engine } from "./engine";
import { removeFolder } from "./folders";

const FRESH_MS = 300_000;
const FRESH_PROBLEM_MS = 10_000;
const TRY_SECONDS = 20;
/** Packages that people expect of a Python for research. */
const WANTED = ["numpy", "pandas", "matplotlib", "scipy", "sympy"];
const LOOK = `import importlib.metadata as m, platform
def version(name):
    try: return m.version(name)
    except m.PackageNotFoundError: return None
print(platform.python_version(), *(f"{n}={v}" for n in ${JSON.stringify(WANTED)} if (v := version(n))))`;

const INSTALL = "apt install bubblewrap python3 python3-numpy python3-pandas python3-matplotlib";

/** Whether Python can be run here, in what, and with which packages; else why not and what would mend it. */
export type SandboxHealth =
	| {
			state: "ready";
			engine: Engine["id"];
			program: string;
			version: string;
			packages: { name: string; version: string }[];
	  }
	| { state: "off" }
	| { state: "missing"; why: string; remedy: string };

type Seen = { health: SandboxHealth; engine?: Engine };
type Held = { soundingsPython?: { until: number; seen: Promise<Seen> } };

/** What this installation can run Python in. Found by running some; believed for five minutes, a failure for 10 s. */
export const sandboxHealth = async (): Promise<SandboxHealth> => (await look()).health;

/** What was found is not believed any more: settings have changed, or somebody wants to see it anew. */
export function forgetSandbox(): void {
	delete (globalThis as Held).soundingsPython;
}

/** The way in which Python is run here; undefined where there is none. */
export const chosenEngine = async (): Promise<Engine | undefined> => (await look()).engine;

function look(): Promise<Seen> {
	const held = globalThis as Held;
	if (!held.soundingsPython || Date.now() > held.soundingsPython.until) {
		const holding = { until: Date.now() + FRESH_MS, seen: choose() };
		held.soundingsPython = holding;
		void holding.seen.then(({ health }) => {
			if (health.state === "missing") holding.until = Date.now() + FRESH_PROBLEM_MS;
		});
	}
	return held.soundingsPython.seen;
}

const ENGINES = { bubblewrap, container };

async function choose(): Promise<Seen> {
	const { PYTHON_SANDBOX } = env();
	if (PYTHON_SANDBOX === "off") return { health: { state: "off" } };
	const tried = PYTHON_SANDBOX === "auto" ? (["bubblewrap", "container"] as const) : [PYTHON_SANDBOX];
	const problems: string[] = [];
	for (const id of tried) {
		const found = await ENGINES[id]();
		const seen = found.ok ? await tryOut(found.engine) : found.missing;
		if (typeof seen !== "string") return seen;
		problems.push(seen);
	}
	return { health: { state: "missing", why: `${problems.join("; ")}.`, remedy: remedyFor(tried[0] ?? "") } };
}

const remedyFor = (first: string): string =>
	first === "container"
		? `Install podman and fetch the image: podman pull ${env().PYTHON_IMAGE}`
		: `Install it: ${INSTALL}. User namespaces must be allowed (sysctl user.max_user_namespaces).`;

/** Runs a line of Python: that a program is installed does not mean that the kernel lets it work. */
export async function tryOut(engine: Engine): Promise<Seen | string> {
	const folder = await mkdtemp(join(tmpdir(), "soundings-python-"));
	let box: Box | undefined;
	try {
		box = await Box.start(engine, folder, `try-${Math.random().toString(36).slice(2, 8)}`);
		const request = { kind: "python", code: LOOK } as const;
		const { stdout, end } = await box.ask(request, TRY_SECONDS, new AbortController().signal);
		const [version, ...packages] = stdout.trim().split(" ");
		if (end !== "done" || !version) return `${engine.id} ran Python without a result`;
		const { program, id } = engine;
		const told = packages.map((one) => one.split("=")).map(([name = "", of = ""]) => ({ name, version: of }));
		return { engine, health: { state: "ready", engine: id, program, version, packages: told } };
	} catch (error) {
		return `${engine.id} cannot run Python: ${error instanceof Error ? error.message : String(error)}`;
	} finally {
		box?.kill();
		await box?.ended;
		await removeFolder(folder);
	}
}
