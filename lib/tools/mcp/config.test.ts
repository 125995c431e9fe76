import { describe, expect, test } from "vitest";
import { type McpConfig, readMcpConfig } from "./config";

/** A variable as the file names it. */
const inFile = (variable: string): string => `\${${variable}}`;

const read = (servers: object, variables: Record<string, string> = {}): McpConfig =>
	readMcpConfig(JSON.stringify({ mcpServers: servers }), (name) => variables[name]);

test("both kinds of server, their variables filled in and remembered as secrets", () => {
	const { servers, problems } = read(
		{
			files: {
				command: "node",
				args: ["server.js", inFile("FOLDER:-docs")],
				env: { TOKEN: `Bearer ${inFile("KEY")}` },
			},
			web: {
				type: "http",
				url: `https://mcp.example/${inFile("KEY")}`,
				headers: { authorization: `Bearer ${inFile("KEY")}` },
			},
			off: { command: "x", disabled: true },
		},
		{ KEY: "s3cret" },
	);
	expect(problems).toEqual([]);
	expect(servers).toEqual([
		{
			name: "files",
			type: "stdio",
			command: "node",
			args: ["server.js", "docs"],
			env: { TOKEN: "Bearer s3cret" },
			timeoutSeconds: 60,
			secrets: ["s3cret"],
		},
		{
			name: "web",
			type: "http",
			url: "https://mcp.example/s3cret",
			headers: { authorization: "Bearer s3cret" },
			timeoutSeconds: 60,
			secrets: ["s3cret", "s3cret"],
		},
	]);
});

describe("what is wrong is named by its field, and the other servers stay", () => {
	test.each<[string, unknown, string]>([
		["a", { comand: "node" }, "mcpServers.a.command is missing."],
		[
			"a",
			{ command: "node", cmd: "x" },
			"mcpServers.a.cmd is no field that is known here. Take it out, or correct its spelling.",
		],
		["a", { command: 5 }, "mcpServers.a.command must be a string, received number."],
		[
			"a",
			{ command: "node", env: { TOKEN: inFile("NOWHERE") } },
			"mcpServers.a.env.TOKEN needs the environment variable NOWHERE; it is not set.",
		],
		["a", { url: "ftp://x" }, "mcpServers.a.url is not an http(s) address."],
		[
			"a",
			{ type: "sse", url: "http://x" },
			"mcpServers.a.type is none of http, streamable-http; the older sse transport is not spoken.",
		],
		["a", { command: "node", timeoutSeconds: 0 }, "mcpServers.a.timeoutSeconds Too small: expected number to be >=1."],
		["a b", { command: "node" }, "mcpServers.a b is no name of letters, digits, - and _, at most 32 of them."],
		["soundings", { command: "node" }, "mcpServers.soundings is the name of a server of Soundings itself."],
	])("%s %j", (name, given, problem) => {
		const found = read({ [name]: given, fine: { command: "node" } });
		expect(found.problems).toEqual([{ server: name, problem }]);
		expect(found.servers.map((server) => server.name)).toEqual(["fine"]);
	});

	test("a file that is no JSON, or no list of servers", () => {
		expect(readMcpConfig("{", () => undefined).problems[0]?.problem).toMatch(/^It is not JSON: /);
		expect(readMcpConfig('{"servers":{}}', () => undefined).problems[0]?.problem).toBe("mcpServers is missing.");
	});
});
