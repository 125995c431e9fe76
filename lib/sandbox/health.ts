import "server-only";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "../env";
import { bubblewrap } from "./bubblewrap";
import { container } from "./container";
import { e2b } from "./e2b";
import type { Box, Engine } from "./engine";
import { removeFolder } from "./folders";

const FRESH_MS = 300_000;
/** A try at E2B starts a sandbox there, which is paid for. */
const FRESH_E2B_MS = 3_600_000;
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
			/** Why E2B, whose key is set, is not what Python runs in. */
			passedOver?: { why: string; remedy: string };
	  }
	| { state: "off" }
	| { state: "missing"; why: string; remedy: string };

type Seen = { health: SandboxHealth; engine?: Engine };
type Held = { soundingsPython?: { until: number; seen: Promise<Seen> } };

/** What this installation can run Python in. Found by running some; believed for five minutes, E2B for an hour, a failure for 10 s. */
export const sandboxHealth = async (): Promise<SandboxHealth> => (await look()).health;

/** What was found is not believed any more: settings have changed, or somebody wants to see it anew. */
export function forgetSandbox(): void {
	delete (globalThis as Held).soundingsPython;
}

/** The way in which Python is run here; undefined where there is none. */
export const chosenEngine = async (): Promise<Engine | undefined> => (await look()).engine;

function look(): Promise<Seen> {
	const held = globalThis as Held;
	if (!held.soundingsPython || performance.now() > held.soundingsPython.until) {
		const holding = { until: performance.now() + FRESH_MS, seen: choose() };
		held.soundingsPython = holding;
		void holding.seen.then(({ health }) => {
			if (health.state === "missing") holding.until = performance.now() + FRESH_PROBLEM_MS;
			if (health.state === "ready" && health.engine === "e2b") holding.until = performance.now() + FRESH_E2B_MS;
		});
	}
	return held.soundingsPython.seen;
}

const ENGINES = { bubblewrap, container, e2b };

/** Who sets a key of E2B means it to be used; without one nothing is asked of it. */
function inOrder(): Engine["id"][] {
	const { PYTHON_SANDBOX, E2B_API_KEY } = env();
	if (PYTHON_SANDBOX !== "auto" && PYTHON_SANDBOX !== "off") return [PYTHON_SANDBOX];
	return E2B_API_KEY === undefined ? ["bubblewrap", "container"] : ["e2b", "bubblewrap", "container"];
}

async function choose(): Promise<Seen> {
	if (env().PYTHON_SANDBOX === "off") return { health: { state: "off" } };
	const tried = inOrder();
	const problems: string[] = [];
	for (const id of tried) {
		const found = await ENGINES[id]();
		const seen = found.ok ? await tryOut(found.engine) : found.missing;
		if (typeof seen !== "string") return tried[0] === "e2b" && problems[0] ? passingOver(seen, problems[0]) : seen;
		problems.push(seen);
	}
	return { health: { state: "missing", why: `${problems.join("; ")}.`, remedy: remedyFor(tried[0] ?? "") } };
}

const passingOver = ({ health, engine }: Seen, why: string): Seen => ({
	...(engine && { engine }),
	health: health.state === "ready" ? { ...health, passedOver: { why: `${why}.`, remedy: remedyFor("e2b") } } : health,
});

function remedyFor(first: string): string {
	if (first === "e2b") return "Look at E2B_API_KEY and E2B_TEMPLATE, and see that this machine reaches E2B.";
	return first === "container" || process.platform !== "linux"
		? `Install podman or docker, and fetch or build the image that PYTHON_IMAGE names (${env().PYTHON_IMAGE}); README shows how to build one with packages for research.`
		: `Install it: ${INSTALL}. User namespaces must be allowed (sysctl user.max_user_namespaces).`;
}

const nameOf = (id: Engine["id"]): string => (id === "e2b" ? "E2B" : id);

/** Runs a line of Python: that a program is installed does not mean that the kernel lets it work. */
export async function tryOut(engine: Engine): Promise<Seen | string> {
	const folder = await mkdtemp(join(tmpdir(), "soundings-python-"));
	let box: Box | undefined;
	try {
		box = await engine.start(folder, `try-${Math.random().toString(36).slice(2, 8)}`);
		const request = { kind: "python", code: LOOK } as const;
		const { stdout, end } = await box.ask(request, TRY_SECONDS, new AbortController().signal);
		const [version, ...packages] = stdout.trim().split(" ");
		if (end !== "done" || !version) return `${nameOf(engine.id)} ran Python without a result`;
		const { program, id } = engine;
		const told = packages.map((one) => one.split("=")).map(([name = "", of = ""]) => ({ name, version: of }));
		return { engine, health: { state: "ready", engine: id, program, version, packages: told } };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return `${nameOf(engine.id)} cannot run Python: ${message.replace(/\.$/, "")}`;
	} finally {
		box?.kill();
		await box?.ended;
		await removeFolder(folder);
	}
}
