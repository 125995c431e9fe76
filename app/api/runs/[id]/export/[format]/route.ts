import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { readSummary } from "@/lib/db/runs";
import { reportDocx } from "@/lib/publish/docx";
import { markdownOf } from "@/lib/publish/markdown";
import type { Paper, PaperWords } from "@/lib/publish/paper";
import { reportPdf } from "@/lib/publish/pdf";
import { readPaper } from "@/lib/publish/read-paper";
import { reportHtml } from "@/lib/publish/report-html";
import {
	DOCUMENT_TYPES,
	type DocumentFormat,
	dispositionOf,
	documentName,
	isDocumentFormat,
} from "@/lib/trajectory/document";
import type { RunSummary } from "@/lib/trajectory/packet";

type Context = RouteContext<"/api/runs/[id]/export/[format]">;
type Body = string | Uint8Array<ArrayBuffer>;

const WRITERS = {
	md: markdownOf,
	html: reportHtml,
	docx: reportDocx,
} satisfies Partial<Record<DocumentFormat, (paper: Paper) => Body | Promise<Body>>>;

const refuse = (status: number, error: string) =>
	Response.json({ error }, { status, headers: { "cache-control": "no-store" } });

/**
 * The report of a run as a file: `md`, `html`, `docx` or `pdf`. `?scope=sources` adds the cited pages as they were read
 * (html). 404: no such run or format; 409: no answer yet; 503: no browser to print with, or it failed.
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
	if (format !== "pdf") return file(summary.title, format, await WRITERS[format](paper));
	const printed = await reportPdf(paper);
	if (printed.ok) return file(summary.title, format, printed.pdf);
	const { reason, detail } = printed;
	return refuse(503, reason === "noBrowser" ? t("noBrowser") : t("printFailed", { detail: detail.slice(0, 300) }));
}

function file(title: string, format: DocumentFormat, body: Body): Response {
	const headers = {
		"content-type": DOCUMENT_TYPES[format],
		"content-disposition": dispositionOf(documentName(title, format)),
		"cache-control": "no-store",
	};
	return new Response(body, { headers });
}

async function wordsOf({ calls, model, createdAt, endedAt }: RunSummary): Promise<PaperWords> {
	const [language, t, format] = await Promise.all([getLocale(), getTranslations("documents"), getFormatter()]);
	return {
		language,
		references: t("references"),
		shortAnswer: t("shortAnswer"),
		forced: t("forced"),
		footnotes: t("footnotes"),
		asRead: t("asRead"),
		made: t("made", { calls, model, date: format.dateTime(endedAt ?? createdAt, { dateStyle: "long" }) }),
		image: t("image"),
	};
}
