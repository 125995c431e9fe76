import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
	type CallToolResult,
	CallToolResultSchema,
	ErrorCode,
	McpError,
	type Progress,
	ToolListChangedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { configuredStream } from "../../web/configured-stream";
import { asData } from "../../web/untrusted";
import type { Lookup, McpServer } from "./config";
import { type McpListing, readListing } from "./listing";

/** A server that cannot be used now. `message` is one sentence for person and model; no secret is in it. */
export class McpFault extends Error {
	override readonly name = "McpFault";
}

/** Milliseconds: until a new server must have answered, and of a call in all, however much progress it reports. */
const START_MS = 30_000;
const WHOLE_CALL_MS = 600_000;
/** Bytes of one message of a stdio server; one that sends more is ended. */
const MAX_MESSAGE = 10_000_000;
/** A server that keeps dying is started again after 0.5, 1, 2, 4 … seconds. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/** A caller waits this long for the next start; beyond, it is told. */
const PATIENCE_MS = 5000;
const MOST_PAGES = 20;
const MOST_NOISE = 400;

export type CallOptions = { signal: AbortSignal; onProgress?: (progress: Progress) => void };
const page = z.object({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });

/** One server, connected when first used and for as long as it lives; started again, with growing pauses, when it died. */
export class McpConnection {
	readonly server: McpServer;
	readonly #lookup: Lookup;
	readonly #wholeCallMs: number;
	#client: Promise<Client> | undefined;
	#listing: Promise<McpListing> | undefined;
	/** Starts and deaths since a call last succeeded. */
	#failures = 0;
	#retryAt = 0;
	/** What it last wrote to its error stream, or did wrong on the wire: the best there is to explain a death. */
	#noise = "";

	constructor(server: McpServer, lookup: Lookup, { wholeCallMs = WHOLE_CALL_MS } = {}) {
		this.server = server;
		this.#lookup = lookup;
		this.#wholeCallMs = wholeCallMs;
	}

	/** The tools it offers now, kept until it says that they changed or dies. Throws `McpFault`. */
	async listing(signal: AbortSignal): Promise<McpListing> {
		const client = await this.#connected(signal);
		this.#listing ??= this.#list(client);
		const listing = this.#listing;
		try {
			return await unlessAborted(listing, signal);
		} catch (error) {
			if (this.#listing === listing) this.#listing = undefined;
			throw this.#fault(error, signal);
		}
	}

	/**
	 * Calls a tool by its own name. Silence for longer than the server's `timeoutSeconds` ends the call, and so does an
	 * abort, of which the server is told. Never repeated: a call may have had its effect. Throws `McpFault`.
	 */
	async call(
		tool: string,
		args: Record<string, unknown>,
		{ signal, onProgress }: CallOptions,
	): Promise<CallToolResult> {
		const client = await this.#connected(signal);
		const { timeoutSeconds } = this.server;
		try {
			const result = await client.request(
				{ method: "tools/call", params: { name: tool, arguments: args } },
				CallToolResultSchema,
				{
					signal,
					timeout: timeoutSeconds * 1000,
					resetTimeoutOnProgress: true,
					maxTotalTimeout: Math.max(this.#wholeCallMs, timeoutSeconds * 1000),
					// Without a listener the server is told of no progress token, and a slow call could not say that it lives.
					onprogress: (progress) => onProgress?.(progress),
				},
			);
			this.#failures = 0;
			return result;
		} catch (error) {
			throw this.#fault(error, signal);
		}
	}

	/** Text without the values that came from the environment. */
	withoutSecrets(text: string): string {
		return this.server.secrets.reduce(
			(shown, secret) => (secret.length < 4 ? shown : shown.replaceAll(secret, "[hidden]")),
			text,
		);
	}

	async close(): Promise<void> {
		const client = this.#client;
		this.#client = undefined;
		this.#retryAt = Number.POSITIVE_INFINITY;
		await client?.then((open) => open.close()).catch(() => undefined);
	}

	async #connected(signal: AbortSignal): Promise<Client> {
		signal.throwIfAborted();
		const pause = this.#retryAt - performance.now();
		if (!this.#client && pause > PATIENCE_MS) {
			throw this.#fault(
				new Error(`It died ${this.#failures} times and is started again in ${Math.ceil(pause / 1000)} s.`),
				signal,
			);
		}
		if (!this.#client && pause > 0) await wait(pause, undefined, { signal });
		this.#client ??= this.#open();
		const client = this.#client;
		try {
			return await unlessAborted(client, signal);
		} catch (error) {
			throw this.#fault(error, signal);
		}
	}

	async #open(): Promise<Client> {
		this.#noise = "";
		const client = new Client({ name: "soundings", version: "1" }, { capabilities: {} });
		const transport = this.#transport();
		client.onerror = (error) => this.#hear(error.message);
		client.onclose = () => this.#died(client);
		client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
			this.#listing = undefined;
		});
		try {
			await client.connect(transport, { timeout: START_MS });
		} catch (error) {
			await client.close().catch(() => undefined);
			this.#died(client);
			throw error;
		}
		this.#opened = client;
		return client;
	}

	/** The client that is in use: one that dies later than its successor began changes nothing. */
	#opened: Client | undefined;

	#died(client: Client): void {
		if (this.#opened !== undefined && this.#opened !== client) return;
		if (this.#client === undefined) return;
		this.#opened = undefined;
		this.#client = undefined;
		this.#listing = undefined;
		this.#failures++;
		this.#retryAt = performance.now() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1));
	}

	#transport(): Transport {
		const { server } = this;
		if (server.type !== "stdio") {
			const { headers } = server;
			// Its session id may be undefined, which the interface it implements does not say.
			return new StreamableHTTPClientTransport(new URL(server.url), {
				fetch: configuredStream(),
				requestInit: { headers },
			}) as Transport;
		}
		const transport = new StdioClientTransport({
			command: server.command,
			args: server.args,
			env: this.#environment(server.env),
			stderr: "pipe",
			maxBufferSize: MAX_MESSAGE,
			...(server.cwd !== undefined && { cwd: server.cwd }),
		});
		transport.stderr?.on("data", (chunk: Buffer) => this.#hear(String(chunk)));
		return transport;
	}

	/** PATH and HOME, and what is configured. The client library adds the person's name and shell unless they are undefined here. */
	#environment(configured: Record<string, string>): Record<string, string> {
		const { LOGNAME, SHELL, TERM, USER } = {} as Record<string, string>;
		const base = { LOGNAME, SHELL, TERM, USER, PATH: this.#lookup("PATH"), HOME: this.#lookup("HOME") };
		return { ...(base as Record<string, string>), ...configured };
	}

	#hear(text: string): void {
		this.#noise = `${this.#noise}\n${text}`.slice(-MOST_NOISE).trim();
	}

	async #list(client: Client): Promise<McpListing> {
		const tools: unknown[] = [];
		let cursor: string | undefined;
		for (let read = 0; read < MOST_PAGES; read++) {
			const params = cursor === undefined ? {} : { cursor };
			const found = await client.request({ method: "tools/list", params }, page, { timeout: START_MS });
			tools.push(...found.tools);
			cursor = found.nextCursor;
			if (cursor === undefined) break;
		}
		return readListing(tools);
	}

	#fault(error: unknown, signal: AbortSignal): McpFault {
		signal.throwIfAborted();
		if (error instanceof McpFault) return error;
		const why = asData(this.withoutSecrets(whyOf(error, this.server.timeoutSeconds, this.#noise)));
		return new McpFault(`The MCP server ${this.server.name} failed. ${why}`);
	}
}

function whyOf(error: unknown, seconds: number, noise: string): string {
	const said = noise === "" ? "" : ` Its last words: ${noise}`;
	if (error instanceof McpError && error.code === ErrorCode.RequestTimeout) {
		const isWhole = /maximum total/i.test(error.message);
		return `${isWhole ? "The call took too long in all." : `It did not answer within ${seconds} s.`}${said}`;
	}
	if (error instanceof McpError && error.code === ErrorCode.ConnectionClosed)
		return `It ended before it had answered.${said}`;
	if (error instanceof Error && error.name.endsWith("ZodError"))
		return "Its answer is not in the form of the protocol.";
	const message = error instanceof Error ? error.message : String(error);
	return `${message.slice(0, MOST_NOISE)}${said}`;
}

/** The result, or the signal's reason as soon as it aborts. */
async function unlessAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
	const aborted = Promise.withResolvers<never>();
	const abort = () => aborted.reject(signal.reason);
	signal.addEventListener("abort", abort, { once: true });
	try {
		return await Promise.race([result, aborted.promise]);
	} finally {
		signal.removeEventListener("abort", abort);
	}
}
