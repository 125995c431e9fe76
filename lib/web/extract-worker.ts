import "server-only";
import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { extract } from "./html";

/** One page to extract, in a thread of its own: a hostile page may cost it, never the server. */
export type ExtractTask = { kind: "html"; html: string; url: string } | { kind: "pdf"; bytes: Uint8Array };

export async function work(task: ExtractTask): Promise<{ title: string; text: string; date?: string }> {
	if (task.kind === "html") return extract(task.html, task.url);
	const pdf = await getDocumentProxy(new Uint8Array(task.bytes), { verbosity: 0 });
	const { text } = await extractText(pdf, { mergePages: false });
	const { info } = await getMeta(pdf);
	const title: unknown = info?.Title;
	const pages = text.map((page, index) => `<!-- page ${index + 1} -->\n${page}`);
	return { title: typeof title === "string" ? title : "", text: pages.join("\n\n") };
}
