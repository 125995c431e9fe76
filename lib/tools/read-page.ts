import "server-only";
import { z } from "zod";
import { defineTool, type PageLink, type PageText } from "../agent/tool";
import { openPage, renderedNote, sourceOf } from "./page-source";

/** Longest part of a page in one result, characters. */
const PART = 20_000;
const MAX_LINKS = 200;

/** Reads a page or a document of the library, in parts. */
export const readPage = defineTool({
	spec: {
		server: "soundings",
		name: "read_page",
		description:
			"Read a web page or a library document as text, with its links and what links to it. A long page comes in parts: ask for the next with start. Give goal to get only what bears on it.",
		schema: {
			type: "object",
			properties: {
				url: { type: "string", description: "Address of the page, as found in results or links." },
				goal: { type: "string", description: "What to look for in the page." },
				start: { type: "integer", description: "Where to begin, in characters.", default: 0 },
			},
			required: ["url"],
		},
	},
	input: z.object({
		url: z.string().trim().min(1, "must not be empty"),
		goal: z.string().nullish(),
		start: z.coerce.number().int().min(0).default(0),
	}),
	duplicateKey: ({ url, start, goal }) => `read_page_${String(url)}_${Number(start ?? 0)}_${String(goal ?? "")}`,
	run: async ({ url, goal, start }, context) => {
		const opened = await openPage(url, context);
		if ("problem" in opened) return { status: "error", text: opened.problem, summary: opened.problem, sources: [] };
		const { page, hash } = opened;
		const part = partOf(page.text, start);
		const body = goal && page.text.length > PART ? (await context.extract(page.text, goal)).text : part.text;
		return {
			status: "ok",
			text: pageText(page, { ...part, text: body }),
			summary: `${page.title}, ${page.text.length.toLocaleString("en")} characters${renderedNote(page)}`,
			sources: [sourceOf(page, hash)],
		};
	},
});

type Part = { from: number; to: number; text: string };

/** At most 20,000 characters from `start`, cut after a paragraph when one ends in the last quarter. */
export function partOf(text: string, start: number): Part {
	const from = Math.min(start, text.length);
	const limit = Math.min(from + PART, text.length);
	const paragraph = limit < text.length ? text.lastIndexOf("\n\n", limit) : -1;
	const to = paragraph > from + PART * 0.75 ? paragraph : limit;
	return { from, to, text: text.slice(from, to) };
}

function pageText(page: PageText, part: Part): string {
	const facts = [
		`# ${page.title}`,
		`url: ${page.url}`,
		...(page.date ? [`date: ${page.date}`] : []),
		...(page.source ? [`source: ${page.source}`] : []),
		...(page.rendered ? [`rendered: ${page.rendered}`] : []),
		`part: characters ${part.from} to ${part.to} of ${page.text.length}`,
	];
	const links = linksFor(page.links, part.text).map(({ title, url, context }) => `- [${title}](${url}) — ${context}`);
	const from = page.linkedFrom.map(({ title, url }) => `- [${title}](${url})`);
	return [
		facts.join("\n"),
		part.text,
		...(links.length > 0 ? [`## Links\n${links.join("\n")}`] : []),
		...(from.length > 0 ? [`## Linked from\n${from.join("\n")}`] : []),
	].join("\n\n");
}

/** Links whose title stands in this part come first. */
function linksFor(links: readonly PageLink[], text: string): PageLink[] {
	const here = links.filter(({ title }) => text.includes(title));
	const elsewhere = links.filter(({ title }) => !text.includes(title));
	return [...here, ...elsewhere].slice(0, MAX_LINKS);
}
