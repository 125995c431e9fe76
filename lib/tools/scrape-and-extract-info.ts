import "server-only";
import { z } from "zod";
import { defineTool, type ToolOutcome } from "../agent/tool";
import { WebError } from "../web/web-error";
import { openPage, renderedNote, sourceOf } from "./page-source";

/** Longest text given to extraction, characters (spec §2.2). */
const MAX_CHARS = 409_600;

/** The reader MiroThinker's models know by name, schema and result (spec §1.3.2, §3.3). */
export const scrapeAndExtractInfo = defineTool({
	spec: {
		server: "jina_scrape_llm_summary",
		name: "scrape_and_extract_info",
		description: `
    Read a web page, a PDF or a library document and extract the information asked for.

    Args:
        url: The address to read (required)
        info_to_extract: What to find in it, usually a question (required)
        custom_headers: Ignored; present for compatibility (optional)

    Returns:
        JSON with success, url, extracted_info, error, scrape_stats, model_used and tokens_used.
    `,
		schema: {
			properties: {
				url: { title: "Url", type: "string" },
				info_to_extract: { title: "Info To Extract", type: "string" },
				custom_headers: {
					additionalProperties: { type: "string" },
					default: null,
					title: "Custom Headers",
					type: "object",
				},
			},
			required: ["url", "info_to_extract"],
			title: "scrape_and_extract_infoArguments",
			type: "object",
		},
	},
	input: z.object({
		url: z.string().trim().min(1, "must not be empty"),
		info_to_extract: z.string().trim().min(1, "must not be empty"),
		custom_headers: z.record(z.string(), z.string()).nullish(),
	}),
	duplicateKey: ({ url, info_to_extract }) => `scrape_and_extract_info_${String(url)}_${String(info_to_extract)}`,
	repair: (args) => {
		const { description, introduction, ...rest } = args;
		return args.info_to_extract === undefined ? { ...rest, info_to_extract: description ?? introduction } : args;
	},
	run: async ({ url, info_to_extract: goal }, context) => {
		const opened = await openPage(url.replace(/^(https:\/\/r\.jina\.ai\/)+(?=https?:)/, ""), context).catch(problemOf);
		if ("problem" in opened) return failed(url, opened.problem);
		const { page, hash } = opened;
		const extraction = await context.extract(page.text.slice(0, MAX_CHARS), goal);
		const text = JSON.stringify({
			success: true,
			url: page.url,
			extracted_info: extraction.text,
			error: "",
			scrape_stats: {
				line_count: page.text.split("\n").length,
				char_count: page.text.length,
				last_char_line: page.text.slice(0, MAX_CHARS).split("\n").length,
				all_content_displayed: page.text.length <= MAX_CHARS,
			},
			model_used: extraction.model,
			tokens_used: extraction.tokens,
		});
		return {
			status: "ok",
			text,
			summary: `${page.title}, ${page.text.length.toLocaleString("en")} characters read${renderedNote(page)}`,
			sources: [sourceOf(page, hash)],
		};
	},
});

function problemOf(error: unknown): { problem: string } {
	if (error instanceof WebError) return { problem: error.message };
	throw error;
}

/** Upstream reports a page it could not read as a result, not as a failed call. */
function failed(url: string, problem: string): ToolOutcome {
	const text = JSON.stringify({
		success: false,
		url,
		extracted_info: "",
		error: `Scraping failed: ${problem}`,
		scrape_stats: {},
		tokens_used: 0,
	});
	return { status: "ok", text, summary: problem, sources: [] };
}
