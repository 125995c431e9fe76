import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import type { ToolContext, ToolOutcome } from "../../agent/tool";
import type { RunFile, Source } from "../../trajectory/event";
import { asData } from "../../web/untrusted";

const MOST_SUMMARY = 160;
/** Characters of a result that are looked at; the model reads 100,000 of them. */
const MOST_TEXT = 400_000;

/** Files of one result that are kept. */
const MOST_FILES = 12;
/** Characters of base64 that are decoded: what is longer is no file that is kept. */
const MOST_BASE64 = 8_000_000;

type Keeping = Pick<ToolContext, "storeBody" | "keepFile">;

/**
 * What came of a call: every part as text, as data; pages among its resources are sources that a citation can open;
 * pictures and files are kept with the run where they may be shown.
 */
export async function outcomeOf(result: CallToolResult, keeping: Keeping): Promise<ToolOutcome> {
	const content = result.content ?? [];
	const parts: string[] = [];
	const files: RunFile[] = [];
	const sources: Source[] = [];
	for (const part of content) {
		const embedded = embeddedOf(part);
		const file = embedded && files.length < MOST_FILES ? await kept(embedded, files.length + 1, keeping) : undefined;
		if (file) files.push(file);
		parts.push(embedded ? fileText(embedded, file) : textOf(part));
		const source = await sourceOf(part, keeping.storeBody);
		if (source) sources.push(source);
	}
	const told = parts.filter((part) => part !== "");
	if (told.length === 0 && result.structuredContent) told.push(JSON.stringify(result.structuredContent));
	const text = asData(told.join("\n").slice(0, MOST_TEXT));
	return { status: result.isError ? "error" : "ok", text, summary: summaryOf(text), sources, files };
}

const summaryOf = (text: string): string => {
	const [first = ""] = text.split("\n").filter((line) => line.trim() !== "");
	return first.length > MOST_SUMMARY ? `${first.slice(0, MOST_SUMMARY)}…` : first;
};

function textOf(part: ContentBlock): string {
	switch (part.type) {
		case "text":
			return part.text;
		case "resource_link":
			return [`[resource ${part.uri}]`, part.title ?? part.name, part.description].filter(Boolean).join(" ");
		case "resource":
			return "text" in part.resource ? `[resource ${part.resource.uri}]\n${part.resource.text}` : "";
		default:
			return "";
	}
}

type Embedded = { kind: string; mimeType: string; base64: string; uri?: string };

/** The file that a part carries in itself. */
function embeddedOf(part: ContentBlock): Embedded | undefined {
	if (part.type === "image" || part.type === "audio")
		return { kind: part.type, mimeType: part.mimeType, base64: part.data };
	if (part.type !== "resource" || "text" in part.resource) return undefined;
	const { mimeType = "application/octet-stream", blob, uri } = part.resource;
	return { kind: "file", mimeType, base64: blob, uri };
}

/** What a file is, its bytes say; what the server calls it is only for its name. */
function kept({ kind, base64, uri }: Embedded, n: number, { keepFile }: Keeping): Promise<RunFile | undefined> {
	if (base64.length > MOST_BASE64) return Promise.resolve(undefined);
	const last = uri?.split(/[/?#]/).findLast((piece) => piece !== "");
	return keepFile(last ?? `${kind}-${n}`, Buffer.from(base64, "base64"));
}

function fileText({ kind, mimeType, base64, uri }: Embedded, file: RunFile | undefined): string {
	const bytes = Math.floor((base64.length * 3) / 4) - (/=*$/.exec(base64.slice(-2))?.[0].length ?? 0);
	const shown = file ? "shown to the user, not to you" : "not shown";
	return [`[${kind}, ${mimeType.slice(0, 100)}, ${bytes.toLocaleString("en")} bytes; ${shown}]`, uri]
		.filter(Boolean)
		.join(" ");
}

async function sourceOf(part: ContentBlock, storeBody: ToolContext["storeBody"]): Promise<Source | undefined> {
	if (part.type !== "resource" && part.type !== "resource_link") return undefined;
	const uri = part.type === "resource" ? part.resource.uri : part.uri;
	if (!/^https?:\/\//i.test(uri) || !URL.canParse(uri)) return undefined;
	if (part.type === "resource_link") return { url: uri, title: asData(part.title ?? part.name), opened: false };
	if (!("text" in part.resource)) return undefined;
	const body = asData(part.resource.text.slice(0, MOST_TEXT));
	return { url: uri, title: uri, opened: true, hash: await storeBody(body, uri) };
}
