import { gzipSync } from "node:zlib";
import type { ElementContent } from "hast";
import en from "../i18n/en.json";
import zh from "../i18n/zh.json";
import { PLAYED, type Played, packedId } from "../trajectory/played";
import type { Snapshot, SnapshotPart } from "../trajectory/snapshot";
import type { PaperWords } from "./paper";
import { REPORT_CSS } from "./report-css";
import { reportBody } from "./report-html";
import { documentOf, el, text } from "./report-nodes";

const MESSAGES: Record<string, Played["messages"]> = { en, zh };

export type PlayedRun = {
	snapshot: Snapshot;
	parts: ReadonlyMap<SnapshotPart, string>;
	words: PaperWords;
};

/**
 * A whole run as one HTML document that stands alone: its report, its timeline to be replayed, its pages as they were
 * read. The one script that may run is the player's, by its hash; nothing is fetched. What the run says stands in it as
 * JSON and as base64, never as markup. Without a script the report is readable.
 */
export function playerHtml({ snapshot, parts, words }: PlayedRun, player: { script: string; styles: string }): string {
	const script = text(player.script);
	const language = words.language;
	const played: Played = { snapshot, locale: language, messages: MESSAGES[language] ?? en };
	return documentOf({
		language,
		title: snapshot.title,
		styles: player.styles,
		script: script.value,
		body: [
			el("div", { id: PLAYED.root }),
			el("noscript", {}, [el("style", {}, [text(REPORT_CSS)]), reportBody({ snapshot, parts: new Map(), words })]),
			inert(PLAYED.data, "application/json", JSON.stringify(played).replaceAll("<", "\\u003c")),
			...[...parts].map(([part, whole]) => inert(packedId(part), "application/gzip", packed(whole))),
			el("script", {}, [script]),
		],
	});
}

/** A block that no browser runs. */
const inert = (id: string, type: string, content: string): ElementContent =>
	el("script", { id, type }, [text(content)]);

const packed = (whole: string): string => gzipSync(whole.toWellFormed()).toString("base64");
