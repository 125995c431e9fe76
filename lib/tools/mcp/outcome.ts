import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import type { ToolContext, ToolOutcome } from "../../agent/tool";
import type { Source } from "../../trajectory/event";
import { asData } from "../../web/untrusted";

const MOST_SUMMARY = 160;
/** Characters of a result that are looked at; the model reads 100,000 of them. */
const MOST_TEXT = 400_000;

/** What came of a call: every part as text, as data; pages among its resources are sources that a citation can open. */
export async function outcomeOf(
	result: CallToolResult,
	{ storeBody }: Pick<ToolContext, "storeBody">,
): Promise<ToolOutcome> {
	const content = result.content ?? [];
	const parts = content.map(textOf).filter((part) => part !== "");
	if (parts.length === 0 && result.structuredContent) parts.push(JSON.stringify(result.structuredContent));
	const text = asData(parts.join("\n").slice(0, MOST_TEXT));
	const sources: Source[] = [];
	for (const part of content) {
		const source = await sourceOf(part, storeBody);
		if (source) sources.push(source);
	}
	return { status: result.isError ? "error" : "ok", text, summary: summaryOf(text), sources };
}

const summaryOf = (text: string): string => {
	const [first = ""] = text.split("\n").filter((line) => line.trim() !== "");
	return first.length > MOST_SUMMARY ? `${first.slice(0, MOST_SUMMARY)}…` : first;
};

function textOf(part: ContentBlock): string {
	switch (part.type) {
		case "text":
			return part.text;
		case "image":
		case "audio":
			return fileText(part.type, part.mimeType, part.data);
		case "resource_link":
			return [`[resource ${part.uri}]`, part.title ?? part.name, part.description].filter(Boolean).join(" ");
		case "resource": {
			const { resource } = part;
			if ("text" in resource) return `[resource ${resource.uri}]\n${resource.text}`;
			return `${fileText("file", resource.mimeType ?? "application/octet-stream", resource.blob)} ${resource.uri}`;
		}
		default:
			return "";
	}
}

/** The one place where a file that a server sends is met: kept files join here. Until then it is named, not shown. */
function fileText(kind: string, mimeType: string, base64: string): string {
	const bytes = Math.floor((base64.length * 3) / 4) - (/=*$/.exec(base64.slice(-2))?.[0].length ?? 0);
	return `[${kind}, ${mimeType.slice(0, 100)}, ${bytes.toLocaleString("en")} bytes; not shown]`;
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
