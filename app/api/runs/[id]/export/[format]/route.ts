import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { readSummary } from "@/lib/db/runs";
import type { PaperWords } from "@/lib/publish/paper";
import { readPaper } from "@/lib/publish/read-paper";
import { writeDocument } from "@/lib/publish/write";
import { DOCUMENT_TYPES, dispositionOf, documentName, isDocumentFormat } from "@/lib/trajectory/document";
import type { RunSummary } from "@/lib/trajectory/packet";

type Context = RouteContext<"/api/runs/[id]/export/[format]">;
const refuse = (status: number, error: string) =>
	Response.json({ error }, { status, headers: { "cache-control": "no-store" } });

/**
 * The report of a run as a file: `md`, `html`, `docx` or `pdf`. `?scope=sources` adds the cited pages as they were read
 * (html). 404: no such run or format; 409: no answer yet; 503: it could not be made, with the remedy.
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
	const pages = format === "html" && new URL(request.url).searchParams.get("scope") === "sources";
	const paper = await readPaper(summary, await wordsOf(summary), pages);
	if (!paper) return refuse(409, t("noAnswer", { calls: summary.calls }));
	const written = await writeDocument(format, paper);
	if (!written.ok) {
		const { reason, detail } = written;
		return refuse(503, reason === "noBrowser" ? t("noBrowser") : t("failed", { detail: detail.slice(0, 300) }));
	}
	const headers = {
		"content-type": DOCUMENT_TYPES[format],
		"content-disposition": dispositionOf(documentName(summary.title, format)),
		"cache-control": "no-store",
	};
	return new Response(written.body, { headers });
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
		asRead: t("asRead"),
		made: t("made", { calls, model: preset === "extractive" ? t("builtIn") : model, date }),
		image: t("image"),
	};
}
