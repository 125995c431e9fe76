import "server-only";
import { env } from "../env";
import { E2bBox, type E2bRemote } from "./e2b-box";
import { E2bFault } from "./e2b-fault";
import { E2bFiles } from "./e2b-files";
import { type Box, type EngineFound, IDLE_MS } from "./engine";

const START_MS = 30_000;
const KILL_MS = 10_000;
/** On top of the longest call and the time a sandbox may stand idle: files go up and come back. */
const MARGIN_MS = 120_000;
const MAX_SAID = 200;

/** Python in a sandbox at E2B, or at a service that speaks its language; needs a key. */
export async function e2b(): Promise<EngineFound> {
	const { E2B_API_KEY, E2B_TEMPLATE } = env();
	if (E2B_API_KEY === undefined) return { ok: false, missing: "E2B_API_KEY is not set" };
	const program = `${E2B_TEMPLATE} at ${new URL(controlAddress()).host}`;
	return { ok: true, engine: { id: "e2b", program, start } };
}

function controlAddress(): string {
	const { E2B_API_URL, E2B_DOMAIN } = env();
	return E2B_API_URL ?? `https://api.${E2B_DOMAIN}`;
}

async function start(folder: string): Promise<Box> {
	const remote = await opened().catch((error: unknown) => {
		throw asFault(error);
	});
	return new E2bBox(remote, new E2bFiles(remote.doors, folder));
}

/** How long a sandbox is to live from now on. */
const lifeMs = (): number => IDLE_MS + env().PYTHON_SECONDS * 1000 + MARGIN_MS;

/**
 * A new sandbox with the walls of those on this machine: nothing goes out, nobody comes in but by its tokens, no
 * environment. Loaded only here, since few need it; told everything, so that it looks for nothing in the environment.
 */
async function opened(): Promise<E2bRemote> {
	const { Sandbox } = await import("@e2b/code-interpreter");
	class Opened extends Sandbox {
		get token(): string | undefined {
			return this.envdAccessToken;
		}
	}
	const { E2B_API_KEY, E2B_DOMAIN, E2B_SANDBOX_URL, E2B_TEMPLATE } = env();
	const sandbox = await Opened.create(E2B_TEMPLATE, {
		apiKey: E2B_API_KEY?.reveal() ?? "",
		domain: E2B_DOMAIN,
		apiUrl: controlAddress(),
		...(E2B_SANDBOX_URL !== undefined && { sandboxUrl: E2B_SANDBOX_URL }),
		debug: false,
		requestTimeoutMs: START_MS,
		timeoutMs: lifeMs(),
		allowInternetAccess: false,
		network: { allowPublicTraffic: false },
		metadata: { product: "soundings" },
	});
	const { sandboxId: id, trafficAccessToken, token } = sandbox;
	const headers = {
		...(token && { "x-access-token": token }),
		...(trafficAccessToken && { "e2b-traffic-access-token": trafficAccessToken }),
	};
	const address = (port: number) => E2B_SANDBOX_URL?.replace(/\/+$/, "") ?? `https://${sandbox.getHost(port)}`;
	return {
		doors: { id, address, headers },
		extend: () =>
			sandbox.setTimeout(lifeMs()).catch((error: unknown) => {
				throw asFault(error);
			}),
		kill: async () => {
			await sandbox.kill({ requestTimeoutMs: KILL_MS });
		},
	};
}

/** The sentence for a failure of E2B itself, by the names that its library gives them; no key stands in it. */
function asFault(error: unknown): E2bFault {
	const { name, message } = error instanceof Error ? error : new Error(String(error));
	switch (name) {
		case "AuthenticationError":
			return new E2bFault("refused", "E2B refuses the key. Check E2B_API_KEY.");
		case "RateLimitError":
			return new E2bFault(
				"refused",
				"E2B gives no more sandboxes now: its rate limit or the quota of the key is used up.",
			);
		case "SandboxNotFoundError":
		case "NotFoundError":
			return new E2bFault("gone", "The sandbox at E2B has ended.");
		case "SandboxError":
			return new E2bFault("refused", `E2B says: ${said(message)}`);
		case "ServiceBusyError":
			return new E2bFault("refused", "E2B is busy now. Try again in a little while.");
		default:
			return new E2bFault("refused", `E2B could not be reached at ${new URL(controlAddress()).origin}.`);
	}
}

function said(message: string): string {
	const bare = message.replaceAll(env().E2B_API_KEY?.reveal() ?? "\0", "[key]");
	return bare.replace(/[\p{C}\s]+/gu, " ").slice(0, MAX_SAID);
}
