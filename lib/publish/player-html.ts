import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { ElementContent } from "hast";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import en from "../i18n/en.json";
import zh from "../i18n/zh.json";
import { PLAYED, type Played, packedId } from "../trajectory/played";
import type { Snapshot, SnapshotPart } from "../trajectory/snapshot";
import type { PaperWords } from "./paper";
import { REPORT_CSS } from "./report-css";
import { reportBody } from "./report-html";
import { el, headOf, text } from "./report-nodes";

const MESSAGES: Record<string, Played["messages"]> = { en, zh };

export type PlayerPage = {
	snapshot: Snapshot;
	parts: ReadonlyMap<SnapshotPart, string>;
	words: PaperWords;
	player: { script: string; styles: string };
};

/**
 * A whole run as one HTML document that stands alone: its report, its timeline to be replayed, its pages as they were
 * read. The one script that may run is the player's, by its hash; nothing is fetched. What the run says stands in it as
 * JSON and as base64, never as markup. Without a script the report is readable.
 */
export function playerHtml({ snapshot, parts, words, player }: PlayerPage): string {
	const script = text(player.script);
	const hash = createHash("sha256").update(script.value).digest("base64");
	const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
	const locale = words.language;
	const played: Played = { snapshot, locale, messages: MESSAGES[locale] ?? en };
	const page = el("html", { lang: locale }, [
		headOf(snapshot.title, policy, player.styles),
		el("body", {}, [
			el("div", { id: PLAYED.root }),
			el("noscript", {}, [el("style", {}, [text(REPORT_CSS)]), reportBody({ snapshot, parts: new Map(), words })]),
			inert(PLAYED.data, "application/json", JSON.stringify(played).replaceAll("<", "\\u003c")),
			...[...parts].map(([part, whole]) => inert(packedId(part), "application/gzip", packed(whole))),
			el("script", {}, [script]),
		]),
	]);
	const root = { type: "root" as const, children: [{ type: "doctype" as const }, page] };
	return `${unified().use(rehypeStringify).stringify(root)}\n`;
}

/** A block that no browser runs. */
const inert = (id: string, type: string, content: string): ElementContent =>
	el("script", { id, type }, [text(content)]);

const packed = (whole: string): string => gzipSync(whole.toWellFormed()).toString("base64");
