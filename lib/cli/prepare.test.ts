import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";

const folders: string[] = [];
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function makeFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), "prepare-"));
	folders.push(folder);
	return folder;
}

type Ended = { code: number; out: string; err: string };

/** The command as the launcher runs it, in a process of its own. */
function prepare(settings: Record<string, string>): Promise<Ended> {
	const args = ["--conditions=react-server", "--import", "tsx", "lib/cli/prepare.ts"];
	const env = { PATH: process.env.PATH, LLM_BASE_URL: "", SEARXNG_URL: "", NODE_ENV: "test" as const, ...settings };
	return new Promise((ended) => {
		execFile(process.execPath, args, { env }, (error, out, err) => ended({ code: Number(error?.code ?? 0), out, err }));
	});
}

test("B129: wrong settings stop the start, all named at once", async () => {
	const { code, out, err } = await prepare({ PORT: "http", HOST: "0.0.0.0", LLM_BASE_URL: "127.0.0.1:8000" });
	expect({ code, out }).toEqual({ code: 1, out: "" });
	expect(err).toContain('PORT: "http" is not a number. Example: PORT=3001');
	expect(err).toContain('HOST: "0.0.0.0" is not a loopback address');
	expect(err).toContain('LLM_BASE_URL: "127.0.0.1:8000" is not an http(s) address. Example: LLM_BASE_URL=http://');
});

test("a port in use is told with the way out", async () => {
	const server = createServer();
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const address = server.address();
	const port = typeof address === "object" ? (address?.port ?? 0) : 0;
	const { code, err } = await prepare({ PORT: String(port), DATA_DIR: makeFolder() });
	server.close();
	expect(code).toBe(1);
	expect(err).toContain(`Port ${port} is in use`);
	expect(err).toContain(`PORT=${port + 1} npm start`);
});

test("somebody else's folder is refused as it is", async () => {
	const folder = makeFolder();
	writeFileSync(join(folder, "letter.txt"), "dear");
	chmodSync(folder, 0o755);
	const { code, err } = await prepare({ PORT: "39105", DATA_DIR: folder });
	expect(code).toBe(1);
	expect(err).toContain("holds other files");
	expect(statSync(folder).mode & 0o777).toBe(0o755);
});

test("SEC-06: a start makes folder and database for their owner alone, and may be repeated", async () => {
	const folder = join(makeFolder(), "data");
	const first = await prepare({ PORT: "39106", DATA_DIR: folder });
	expect(first).toMatchObject({ code: 0 });
	const { found, ...rest } = JSON.parse(first.out);
	expect(rest).toEqual({ host: "127.0.0.1", port: 39_106 });
	expect(found.join("\n")).toMatch(/model {4}built in/);
	expect(found.join("\n")).toMatch(/library {2}.*docs \d/);
	expect(statSync(folder).mode & 0o777).toBe(0o700);
	expect(statSync(join(folder, "soundings.db")).size).toBeGreaterThan(0);
	const second = await prepare({ PORT: "39106", DATA_DIR: folder });
	expect(second.code).toBe(0);
}, 120_000);

test.each([
	["itself", "letter.txt"],
	["below it", "letter.txt/data"],
])("B128: a file where the data should be, %s, is told with the variable", async (_, path) => {
	const folder = makeFolder();
	writeFileSync(join(folder, "letter.txt"), "dear");
	const { code, err } = await prepare({ PORT: "39107", DATA_DIR: join(folder, path) });
	expect(code).toBe(1);
	expect(err).toContain(`DATA_DIR: "${join(folder, path)}" is a file, or lies below one`);
	expect(err).not.toContain("    at ");
});
