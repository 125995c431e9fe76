import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { paperOf } from "../../e2e/fixtures/paper";
import type { Played } from "../trajectory/played";
import type { Snapshot } from "../trajectory/snapshot";
import { playerHtml } from "./player-html";

const HOSTILE = `</script><script>window.hit=1</script><!--<script>'"\u2028</noscript><img src=x onerror=hit()>`;
const player = { script: "globalThis.played = 1;", styles: "body { margin: 0 }" };

function pageOf(said: string) {
	const paper = paperOf({ title: said, question: said, markdown: `${said} [1]`, page: said });
	const rest = { version: 1, scope: "trajectory", calls: 1, budget: 1, turns: 1 } as const;
	const snapshot = { ...paper.snapshot, ...rest } as Snapshot;
	const parts = new Map([["events", JSON.stringify([said])], ...paper.parts] as const);
	return parseHTML(playerHtml({ snapshot, parts, words: paper.words }, player)).document;
}

describe("the page of an exported run", () => {
	test("XSS-10: only the player's script runs, by its hash, and nothing is fetched", () => {
		const document = pageOf(HOSTILE);
		const run = [...document.querySelectorAll("script")].filter((script) => !script.getAttribute("type"));
		expect(run.map((script) => script.textContent)).toEqual([player.script]);
		const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content");
		const hash = createHash("sha256").update(player.script).digest("base64");
		expect(policy).toMatch(/^default-src 'none'/);
		expect(policy).toContain(`script-src 'sha256-${hash}'`);
		expect(document.querySelectorAll("img, iframe, object, link, base, [src], [onerror]").length).toBe(0);
	});

	test("XSS-06: what the run says comes back whole", () => {
		const document = pageOf(HOSTILE);
		const played: Played = JSON.parse(document.getElementById("snapshot")?.textContent ?? "");
		expect(played.snapshot.title).toBe(HOSTILE);
		const packed = document.getElementById("part/events")?.textContent ?? "";
		expect(JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString())).toEqual([HOSTILE]);
	});

	test("the report is readable without a script, every citation with its reference", () => {
		const document = pageOf("It is deep.");
		const plain = document.querySelector("noscript main");
		expect(plain?.querySelector("h1")?.textContent).toBe("It is deep.");
		expect(plain?.querySelector("#reference-1")?.textContent).toContain("example.org");
	});

	test("its texts are those of the reader's language, in full", () => {
		const paper = paperOf({});
		const words = { ...paper.words, language: "zh" };
		const snapshot = { ...paper.snapshot, version: 1, scope: "trajectory" } as Snapshot;
		const { document } = parseHTML(playerHtml({ snapshot, parts: new Map(), words }, player));
		const played: Played = JSON.parse(document.getElementById("snapshot")?.textContent ?? "");
		expect(played.locale).toBe("zh");
		expect(JSON.stringify(played.messages)).toContain("时间线");
		expect(document.documentElement.getAttribute("lang")).toBe("zh");
	});
});
