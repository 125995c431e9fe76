import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { readSummary } from "@/lib/db/runs";
import type { PaperWords } from "@/lib/publish/paper";
import { readPaper } from "@/lib/publish/read-paper";
import { type ShareRefusal, takeSnapshot } from "@/lib/publish/share";
import { shareChoiceSchema } from "@/lib/publish/share-choice";
import { writeDocument, writePlayer } from "@/lib/publish/write";
import type { Written } from "@/lib/publish/written";
import {
	DOCUMENT_TYPES,
	type DocumentFormat,
	dispositionOf,
	documentName,
	isDocumentFormat,
} from "@/lib/trajectory/document";
import type { RunSummary } from "@/lib/trajectory/packet";
import type { ShareChoice } from "@/lib/trajectory/snapshot";

type Context = RouteContext<"/api/runs/[id]/export/[format]">;
const refuse = (status: number, error: string) =>
	Response.json({ error }, { status, headers: { "cache-control": "no-store" } });

/**
 * A run as a file. Its report as `md`, `html`, `docx` or `pdf`, as its owner sees it; `?scope=sources` adds the cited
 * pages as they were read (html). With `take-out` (html), what a share link of that `scope` would show, that taken out:
 * kinds separated by commas, `word` as often as there are chosen words; scope `trajectory` is the page that replays the
 * run. 400: no such choice; 404: no such run or format; 409: no answer yet; 503: it could not be made, with the remedy.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
	const { id, format } = await params;
	const [t, refusals, summary] = await Promise.all([
		getTranslations("documents"),
		getTranslations("refusals"),
		readSummary(id),
	]);
	if (!isDocumentFormat(format)) return refuse(404, t("noFormat"));
	if (!summary) return refuse(404, refusals("noRun"));
	const asked = format === "html" ? new URL(request.url).searchParams : new URLSearchParams();
	const choice = asked.has("take-out") ? shareChoiceSchema.safeParse(choiceOf(asked)) : undefined;
	if (choice && !choice.success) return refuse(400, t("noChoice"));
	const words = await wordsOf(summary);
	const made = choice ? await writeShared(id, choice.data, words) : await writeOwn(id, format, words, asked);
	if (!made.ok) {
		if (made.why === "notTaken") return refuse(503, t("failed", { detail: made.detail.slice(0, 300) }));
		return refuse(409, t("noAnswer", { calls: summary.calls }));
	}
	const { written, title } = made;
	if (!written.ok) {
		const { reason, detail } = written;
		return refuse(503, reason === "failed" ? t("failed", { detail: detail.slice(0, 300) }) : t(reason));
	}
	const headers = {
		"content-type": DOCUMENT_TYPES[format],
		"content-disposition": dispositionOf(documentName(title, format)),
		"cache-control": "no-store",
	};
	return new Response(written.body, { headers });
}

const choiceOf = (asked: URLSearchParams) => ({
	scope: asked.get("scope"),
	rules: { kinds: asked.get("take-out")?.split(",").filter(Boolean), words: asked.getAll("word") },
});

/** A document, and what it is called in its own words. */
type Made = { ok: true; written: Written; title: string } | ShareRefusal;

async function writeShared(id: string, choice: ShareChoice, words: PaperWords): Promise<Made> {
	const taken = await takeSnapshot(id, choice);
	if (!taken.ok) return taken;
	const { snapshot, parts } = taken;
	const page = { snapshot, parts, words };
	const written = choice.scope === "trajectory" ? writePlayer(page) : writeDocument("html", page);
	return { ok: true, written: await written, title: snapshot.title };
}

async function writeOwn(id: string, format: DocumentFormat, words: PaperWords, asked: URLSearchParams): Promise<Made> {
	const read = await readPaper(id, words, asked.get("scope") === "sources");
	if (!read.ok) return read;
	const { paper } = read;
	return { ok: true, written: await writeDocument(format, paper), title: paper.snapshot.title };
}

async function wordsOf({ calls, preset, model, createdAt, endedAt }: RunSummary): Promise<PaperWords> {
	const [language, t, format] = await Promise.all([getLocale(), getTranslations("documents"), getFormatter()]);
	const date = format.dateTime(endedAt ?? createdAt, { dateStyle: "long" });
	return {
		language,
		references: t("references"),
		shortAnswer: t("shortAnswer"),
		forced: t("forced"),
		footnotes: t("footnotes"),
		unlinked: t("unlinked"),
		asRead: t("asRead"),
		made: t("made", { calls, model: preset === "extractive" ? t("builtIn") : model, date }),
		image: t("image"),
	};
}
