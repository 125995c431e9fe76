import { writeFile } from "node:fs/promises";
import { afterAll, expect } from "vitest";
import { askWith, attach } from "../../e2e/fixtures/attaching";
import { boxes, newRun, sandboxed } from "../../e2e/fixtures/sandboxed";
import { type StandIn, startStandIn } from "../../e2e/vllm/server";
import { closeStore } from "../db/client";
import { readEvents } from "../db/events";
import { closeLibrary } from "../library/library";
import { closeSandboxes } from "../sandbox/sandboxes";
import type { Attachment } from "../trajectory/event";
import { closeExtraction } from "../web/extract";
import { withAttachments } from "./attached-sandboxes";
import { bytesPath, keepRead, makePlace } from "./attachment-files";
import { forkRun } from "./fork";
import { settled } from "./runner";

let model: StandIn | undefined;
afterAll(async () => {
	await closeLibrary();
	await closeExtraction();
	closeStore();
	await model?.close();
});

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

sandboxed("a command in the main sandbox finds them too", async () => {
	const run = newRun();
	const sandboxes = withAttachments(boxes(run), run, [await kept("depths.csv", Buffer.from("m\n41\n"))]);
	expect(await sandboxes.command("cat depths.csv", "main")).toMatchObject({ stdout: "m\n41\n" });
});

const SUM = `import csv, os
rows = [row for name in sorted(os.listdir()) if name.endswith(".csv") for row in csv.DictReader(open(name))]
print("files", sorted(os.listdir()), "sum", sum(float(row["metres"]) for row in rows))`;

sandboxed(
	"what a further question brings is read by the Python of that run, beside the first question's file",
	async () => {
		model = await startStandIn({
			policy: ({ messages }) =>
				messages.at(-1)?.role === "user" && !JSON.stringify(messages.at(-1)).includes("Write the report")
					? { calls: [{ name: "run_python", args: { code: SUM } }] }
					: { content: "As the files say." },
			model: "stand-in",
		});
		Object.assign(process.env, { LLM_BASE_URL: `${model.url}/v1`, LLM_MODEL: "stand-in" });
		const parent = await askWith([await attach("depths.csv", "metres\n41\n")], { question: "How deep is it?" });
		const further = await attach("depths.csv", "metres\n77.5\n");
		const question = "And with these?";
		const made = await forkRun(parent, { kind: "follow_up", question, attachments: [further.id], calls: 2 });
		expect(made).toMatchObject({ ok: true });
		const [child = ""] = made.ok ? made.runIds : [];
		await settled(child);
		const printed = (await readEvents(child)).flatMap((event) => (event.type === "tool.returned" ? [event.text] : []));
		expect(printed).toHaveLength(2);
		expect(printed[0]).toContain("files ['depths.csv'] sum 41.0");
		expect(printed[1]).toContain("files ['depths (2).csv', 'depths.csv'] sum 118.5");
		for (const run of [parent, child]) await closeSandboxes(run);
	},
);

sandboxed("an attached file is put into any sandbox by its name, and only by its name", async () => {
	const run = newRun();
	const sandboxes = withAttachments(boxes(run), run, [await kept("depths.csv", Buffer.from("m\n41\n"))]);
	expect((await sandboxes.find("/somewhere/depths.csv"))?.toString()).toBe("m\n41\n");
	expect(await sandboxes.find("other.csv")).toBeUndefined();
});
