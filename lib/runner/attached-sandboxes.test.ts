import { writeFile } from "node:fs/promises";
import { expect } from "vitest";
import { boxes, newRun, sandboxed } from "../../e2e/fixtures/sandboxed";
import { closeSandboxes } from "../sandbox/sandboxes";
import type { Attachment } from "../trajectory/event";
import { withAttachments } from "./attached-sandboxes";
import { bytesPath, keepRead, makePlace } from "./attachment-files";

async function kept(name: string, bytes: Buffer): Promise<Attachment> {
	const id = crypto.randomUUID();
	const file = { id, name, type: "text/csv", bytes: bytes.length, hash: "0", chars: 1 };
	await makePlace(id);
	await writeFile(bytesPath(id), bytes);
	await keepRead({ ...file, title: "" }, "x");
	return file;
}

sandboxed(
	"Python finds attached files from its first call on, without being told that it was started anew",
	async () => {
		const run = newRun();
		const files = [await kept("depths.csv", Buffer.from("m\n41\n")), await kept("huge.csv", Buffer.alloc(17_000_000))];
		const sandboxes = withAttachments(boxes(run), run, files);
		const first = await sandboxes.python("import os; depths = open('depths.csv').read(); print(os.listdir())", "main");
		expect(first).toMatchObject({ stdout: expect.stringContaining("depths.csv"), notes: [], files: [] });
		expect(first.stdout).not.toContain("huge.csv");
		expect((await sandboxes.python("open('depths.csv', 'a').write('7'); print(depths)", "main")).stdout).toContain(
			"41",
		);

		await closeSandboxes(run);
		const again = await sandboxes.python("print(open('depths.csv').read())", "main");
		expect(again.stdout).toContain("41\n7");
		expect(again.notes.join()).toContain("started anew");
	},
);

sandboxed("an attached file is put into any sandbox by its name, and only by its name", async () => {
	const run = newRun();
	const sandboxes = withAttachments(boxes(run), run, [await kept("depths.csv", Buffer.from("m\n41\n"))]);
	expect((await sandboxes.find("/somewhere/depths.csv"))?.toString()).toBe("m\n41\n");
	expect(await sandboxes.find("other.csv")).toBeUndefined();
});
