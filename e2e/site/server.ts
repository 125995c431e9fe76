import http from "node:http";
import type { AddressInfo } from "node:net";
import { PAGES, type SitePage } from "./pages";

export type Site = { url: string; host: string; close(): Promise<void>; hits: string[] };

const html = ({ title, date, body }: SitePage) =>
	`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
	`<meta property="article:published_time" content="${date}"></head>` +
	`<body><nav><a href="/">Home</a></nav><main><article><h1>${title}</h1>${body}</article></main></body></html>`;

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const plain = (markup: string) => markup.replace(/<[^>]+>/g, " ");

/** Ranks the pages by shared words: a stand-in for a search engine, speaking SearXNG's JSON. */
function searchJson(query: string, base: string): string {
	const asked = new Set(words(query));
	const scored = PAGES.map((page) => {
		const text = words(`${page.title} ${page.title} ${plain(page.body)}`);
		return { page, score: text.filter((word) => asked.has(word)).length };
	});
	const results = scored
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.map(({ page, score }) => ({
			url: base + page.path,
			title: page.title,
			content: plain(page.body).slice(0, 200),
			publishedDate: page.date,
			score,
			engine: "site",
		}));
	return JSON.stringify({ query, number_of_results: results.length, results });
}

/** Serves the invented web and its search on a free port of the loopback; `hits` lists the paths asked for. */
export async function startSite(port = 0): Promise<Site> {
	const hits: string[] = [];
	const server = http.createServer((request, response) => {
		const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
		hits.push(url.pathname);
		if (url.pathname === "/search") {
			response.writeHead(200, { "content-type": "application/json" });
			response.end(searchJson(url.searchParams.get("q") ?? "", url.origin));
			return;
		}
		const found = PAGES.find(({ path }) => path === url.pathname);
		response.writeHead(found ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
		response.end(found ? html(found) : "<h1>404</h1>");
	});
	await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url: `http://${host}`,
		host,
		hits,
		close: () => new Promise<void>((closed) => server.close(() => closed())),
	};
}
