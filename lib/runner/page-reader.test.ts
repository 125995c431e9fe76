import { expect, test } from "vitest";
import type { PageText } from "../agent/tool";
import type { RunEvent } from "../trajectory/event";
import type { ReadOptions } from "../web/read-page";

process.env.PAGES_PER_HOST = "2";
process.env.PAGES_PER_RUN = "4";
const { pageReader } = await import("./page-reader");

const page = (url: string): PageText => ({ url, title: "", text: url, links: [], linkedFrom: [] });
const opened = (url: string, docId?: string): RunEvent => ({
	type: "tool.returned",
	turn: 1,
	callId: "c",
	status: "ok",
	text: "",
	summary: "",
	sources: [{ url, title: "", opened: true, ...(docId && { docId }) }],
	ms: 1,
	runId: "r",
	seq: 1,
	at: 1,
});

function reading(past: RunEvent[] = []) {
	const asked: [string, boolean][] = [];
	const web = pageReader(
		past,
		{ blockedHosts: [], allowedHosts: [] },
		async (url: string, _signal: AbortSignal, options: ReadOptions = {}) => {
			asked.push([url, options.again === true]);
			return page(url);
		},
	);
	return { asked, read: (url: string) => web.read(url, new AbortController().signal) };
}

test("a run reads so many pages of one host and no more, and is told which limit it met", async () => {
	const { read } = reading();
	await read("https://a.example/1");
	await read("https://www.a.example/2");
	await expect(read("https://a.example/3")).rejects.toThrow(
		"has read 2 pages of a.example, the most it may read of one host",
	);
	await read("https://b.example/1");
	await read("https://c.example/1");
	await expect(read("https://d.example/1")).rejects.toThrow("has read 4 web pages, the most it may read");
});

test("B037: the same page counts once, is the same text again, and stays readable when the limit is met", async () => {
	const { read, asked } = reading();
	await read("https://a.example/1");
	await read("https://a.example/2");
	for (let time = 0; time < 200; time++) await read("https://a.example/1");
	expect(asked.slice(2).every(([url, again]) => url === "https://a.example/1" && again)).toBe(true);
});

test("what the run read before an interruption counts, documents of the library do not", async () => {
	const past = [opened("https://a.example/1"), opened("https://a.example/2"), opened("https://b.example/1", "doc")];
	const { read } = reading(past);
	await expect(read("https://a.example/3")).rejects.toThrow("the most it may read of one host");
	expect((await read("https://b.example/2")).text).toBe("https://b.example/2");
});
