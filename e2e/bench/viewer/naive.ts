import { createServer } from "node:http";
import { argumentLine } from "../../../components/run/row-facts";
import { readSlimEvents } from "../../../lib/db/events";
import { viewOf } from "../../../lib/trajectory/view";

/**
 * What a run page is without any of ours: all rows sent at once and drawn at once. Kinder than most: it folds on the
 * server, leaves bodies out and has no styles to speak of.
 */
const PAGE = `<!doctype html><meta charset="utf-8"><style>li{border-top:1px solid #ddd;padding:8px}[aria-current]{background:#fde}
pre{white-space:pre-wrap}</style><body><main style="height:100vh;overflow:auto" data-timeline><ol></ol></main><script>
const escape = (text) => text.replace(/[&<>]/g, (c) => "&#" + c.charCodeAt(0) + ";");
const choose = (li) => {
	document.querySelector("[aria-current]")?.removeAttribute("aria-current");
	li.setAttribute("aria-current", "step");
	li.scrollIntoView({ block: "center" });
};
addEventListener("keydown", ({ key }) => {
	const now = document.querySelector("[aria-current]");
	if (key === "j" && now?.nextElementSibling) choose(now.nextElementSibling);
});
fetch("/rows" + location.search).then((reply) => reply.json()).then((rows) => {
	document.querySelector("ol").innerHTML = rows
		.map((row, at) => '<li data-row="' + at + '" data-n="' + row.n + '"><b>' + row.n + "</b> <p>" + escape(row.thought) +
			"</p><code>" + escape(row.name) + "</code> <code>" + escape(row.about) + "</code><p>" + escape(row.summary) +
			"</p><small>" + row.hosts.map((host) => "<span>" + escape(host) + "</span>").join(" ") + "</small></li>")
		.join("");
	window.jump = (n) => choose(document.querySelector('[data-n="' + n + '"]'));
	jump(new URLSearchParams(location.search).get("call"));
	window.isComplete = true;
});
</script>`;

/** Serves the naive page: `/?run=ID&call=N`. */
export async function serveNaive(): Promise<{ url: string; stop(): void }> {
	const server = createServer(async ({ url = "/" }, reply) => {
		const { pathname, searchParams } = new URL(url, "http://naive");
		if (pathname !== "/rows") {
			reply.setHeader("content-type", "text/html").end(PAGE);
			return;
		}
		const { rows } = viewOf(await readSlimEvents(searchParams.get("run") ?? "", 0, -1));
		const calls = rows.flatMap((row) =>
			row.kind === "call"
				? [
						{
							n: row.n ?? 0,
							thought: row.thought,
							name: row.call.name,
							about: argumentLine(row.call),
							summary: row.summary,
							hosts: row.sources.map(({ url: address }) => new URL(address).host),
						},
					]
				: [],
		);
		reply.setHeader("content-type", "application/json").end(JSON.stringify(calls));
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
	const address = server.address();
	if (typeof address !== "object" || !address) throw new Error("No port for the naive page.");
	return { url: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
}
