import { randomBytes } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Machine } from "./machine";

/** A sandbox as it was asked for. */
type Created = { id: string; body: Record<string, unknown> };
/** One request as received: to E2B itself, or to a port of a sandbox. */
export type Asked = { method: string; path: string; port: number | undefined; id: string | undefined };
type Reply = (response: ServerResponse) => void;

export type E2bStandIn = {
	url: string;
	asked: Asked[];
	created: Created[];
	/** Ids of sandboxes that were ended by request. */
	ended: string[];
	/** Seconds that sandboxes were given from then on, in the order asked. */
	extended: number[];
	/** What answers instead of the stand-in, where it gives something. */
	twist: ((asked: Asked) => Reply | undefined) | undefined;
	/** Ends a sandbox as its time or its host would. */
	lose(id: string): Promise<void>;
	close(): Promise<void>;
};

type Held = { machine: Machine; token: string; traffic: string };
type Exchange = {
	request: IncomingMessage;
	response: ServerResponse;
	url: URL;
	body: Buffer;
	machines: Map<string, Held>;
};

/**
 * A server that speaks E2B's wire as its library calls it: `/sandboxes` of the service, and of each sandbox the ports of
 * the interpreter and of files and processes, which a header tells apart. Code really runs, in the project's own box.
 */
export async function startE2b(key: string, port = 0): Promise<E2bStandIn> {
	const machines = new Map<string, Held>();
	const server = http.createServer((request, response) => {
		void answer(request, response).catch((error: unknown) => {
			response.destroy(error instanceof Error ? error : new Error(String(error)));
		});
	});
	await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
	const lose = async (id: string) => {
		const held = machines.get(id);
		machines.delete(id);
		await held?.machine.kill();
	};
	const standIn: E2bStandIn = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked: [],
		created: [],
		ended: [],
		extended: [],
		twist: undefined,
		lose,
		close: async () => {
			await Promise.all([...machines.keys()].map(lose));
			server.closeAllConnections();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const url = new URL(request.url ?? "/", standIn.url);
		const id = headerOf(request, "e2b-sandbox-id");
		const toPort = headerOf(request, "e2b-sandbox-port");
		const asked = { method: request.method ?? "", path: url.pathname, port: toPort ? Number(toPort) : undefined, id };
		standIn.asked.push(asked);
		if (url.pathname === "/__seen") return json(response, 200, { created: standIn.created, ended: standIn.ended });
		const exchange = { request, response, url, body: await bodyOf(request), machines };
		const twisted = standIn.twist?.(asked);
		if (twisted) return twisted(response);
		if (id !== undefined) return inside(exchange, id, asked.port);
		if (headerOf(request, "x-api-key") !== key) return json(response, 401, { code: 401, message: "Invalid API key" });
		return control(exchange, standIn);
	};
	return standIn;
}

const headerOf = (request: IncomingMessage, name: string): string | undefined => request.headers[name]?.toString();

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** Sends a value as JSON. */
export function json(response: ServerResponse, status: number, value: unknown): void {
	response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

async function control({ request, response, url, body, machines }: Exchange, standIn: E2bStandIn): Promise<void> {
	const [, id, what = ""] = /^\/sandboxes\/([^/]+)(\/\w+)?$/.exec(url.pathname) ?? [];
	if (request.method === "POST" && url.pathname === "/v2/sandboxes") {
		const machine = await Machine.start(randomBytes(10).toString("hex"));
		const held = { machine, token: randomBytes(8).toString("hex"), traffic: randomBytes(8).toString("hex") };
		machines.set(machine.id, held);
		standIn.created.push({ id: machine.id, body: JSON.parse(body.toString("utf8")) });
		return json(response, 201, {
			sandboxID: machine.id,
			templateID: "template",
			clientID: "client",
			envdVersion: "0.6.4",
			envdAccessToken: held.token,
			trafficAccessToken: held.traffic,
			domain: null,
		});
	}
	if (id === undefined || !machines.has(id)) return json(response, 404, { code: 404, message: "no such sandbox" });
	if (request.method === "DELETE" && what === "") {
		standIn.ended.push(id);
		await standIn.lose(id);
	} else if (request.method === "POST" && what === "/timeout") {
		standIn.extended.push(JSON.parse(body.toString("utf8")).timeout);
	} else return json(response, 405, { code: 405, message: "not here" });
	response.writeHead(204).end();
}

async function inside(exchange: Exchange, id: string, port: number | undefined): Promise<void> {
	const { request, response, machines } = exchange;
	const held = machines.get(id);
	if (!held) return json(response, 502, { sandboxId: id, message: "The sandbox was not found", code: 502 });
	if (headerOf(request, "x-access-token") !== held.token) return json(response, 401, { message: "no access" });
	if (port === 49_999) {
		if (headerOf(request, "e2b-traffic-access-token") !== held.traffic) return json(response, 403, { code: 403 });
		return interpreter(exchange, held.machine);
	}
	return files(exchange, held.machine);
}

async function interpreter({ request, response, url, body }: Exchange, machine: Machine): Promise<void> {
	if (`${request.method} ${url.pathname}` !== "POST /execute") return json(response, 404, {});
	const { code } = JSON.parse(body.toString("utf8"));
	response.writeHead(200, { "content-type": "application/x-ndjson" }).flushHeaders();
	const lines = await machine.execute(code, untilClosed(response));
	response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

function untilClosed(response: ServerResponse): AbortSignal {
	const closed = new AbortController();
	response.once("close", () => closed.abort(new Error("nobody listens any more")));
	return closed.signal;
}

async function files({ request, response, url, body }: Exchange, machine: Machine): Promise<void> {
	const path = url.searchParams.get("path") ?? "";
	switch (`${request.method} ${url.pathname}`) {
		case "GET /health":
			response.writeHead(204).end();
			return;
		case "GET /files": {
			const bytes = await machine.read(path);
			if (!bytes) return json(response, 404, { code: 404, message: "no such file" });
			response.writeHead(200, { "content-type": "application/octet-stream" }).end(bytes);
			return;
		}
		case "POST /files": {
			await machine.write(path, await uploaded(request, body));
			return json(response, 200, [{ name: path.split("/").at(-1), type: "file", path }]);
		}
		case "POST /filesystem.Filesystem/ListDir":
			return json(response, 200, { entries: await machine.list(JSON.parse(body.toString("utf8")).depth) });
		case "POST /process.Process/Start": {
			const { process } = JSON.parse(body.subarray(5).toString("utf8"));
			response.writeHead(200, { "content-type": "application/connect+json" }).flushHeaders();
			const events = await machine.command(process.args.at(-1), untilClosed(response));
			response.end(Buffer.concat([...events.map((event) => envelope(0, event)), envelope(2, {})]));
			return;
		}
		default:
			return json(response, 404, { code: "unimplemented", message: "not here" });
	}
}

async function uploaded(request: IncomingMessage, body: Buffer): Promise<Uint8Array> {
	const type = headerOf(request, "content-type") ?? "";
	if (!type.startsWith("multipart/form-data")) return body;
	const file = (await new Response(Uint8Array.from(body), { headers: { "content-type": type } }).formData()).get(
		"file",
	);
	if (!(file instanceof Blob)) throw new Error("no part is named file");
	return new Uint8Array(await file.arrayBuffer());
}

/** A message of the Connect protocol's streams; `flags` 2 marks the last. */
function envelope(flags: number, message: unknown): Buffer {
	const bytes = Buffer.from(JSON.stringify(message));
	const head = Buffer.alloc(5);
	head[0] = flags;
	head.writeUInt32BE(bytes.length, 1);
	return Buffer.concat([head, bytes]);
}
