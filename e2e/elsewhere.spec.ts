import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { SECURITY_HEADERS } from "../lib/web/request-guard";
import { send } from "./fixtures/raw-request";
import { serveWeb } from "./fixtures/web-server";

/** Ways in which markup has a browser load something by itself; `at` is where from. */
const waysToLoad = (at: (way: string) => string): string => `
<link rel=stylesheet href="${at("sheet")}"><link rel=prefetch href="${at("prefetch")}">
<link rel=preload as=image href="${at("preload")}"><link rel=preload as=font crossorigin href="${at("preload-font")}">
<link rel=modulepreload href="${at("modulepreload")}"><link rel=icon href="${at("icon")}">
<link rel=manifest href="${at("manifest")}"><link rel=preconnect href="${at("")}">
<script type=speculationrules>{"prefetch":[{"source":"list","urls":["${at("speculation")}"]}]}</script>
<style>
@import "${at("import")}"; @font-face { font-family: away; src: url(${at("font")}) }
.a { background: url(${at("background")}) } .b { font-family: away } .c { border-image: url(${at("border")}) 1 }
.d { list-style: inside url(${at("list")}) } .e::after { content: url(${at("content")}) } .f { cursor: url(${at("cursor")}), auto }
.g { mask-image: url(${at("mask")}) } .h { background: image-set("${at("image-set")}" 1x) } .i { shape-outside: url(${at("shape")}); float: left }
</style>
<p class=a>a</p><p class=b>b</p><p class=c style="border: 1px solid">c</p><ul><li class=d>d</ul><p class=e>e</p><p class=f>f</p>
<p class=g>g</p><p class=h>h</p><p class=i>i</p><p style="background:url(${at("style-attribute")})">a</p>
<img src="${at("img")}"><img srcset="${at("srcset")} 1x"><picture><source srcset="${at("picture")}"><img></picture>
<input type=image src="${at("input")}"><image src="${at("image")}"><table background="${at("table")}"><tr><td>a</table>
<video src="${at("video")}" autoplay muted></video><video poster="${at("poster")}"></video><audio src="${at("audio")}" preload=auto></audio>
<video autoplay muted><source src="${at("source")}" type=video/mp4></video>
<object data="${at("object")}"></object><embed src="${at("embed")}"><iframe src="${at("iframe")}"></iframe>
<iframe srcdoc="<img src='${at("srcdoc")}'>"></iframe>
<svg width=9 height=9><image href="${at("svg-image")}" width=9 height=9 /><filter id=w><feImage href="${at("fe-image")}" /></filter><rect width=9 height=9 filter=url(#w) /></svg>
<form id=f action="${at("form")}" target=g><input name=q></form><iframe name=g></iframe>
<script src="${at("script")}"></script><script type=module src="${at("module")}"></script>
<img src=x: onerror="new Image().src='${at("handler")}'">
<script>
fetch("${at("fetch")}", { mode: "no-cors" }); navigator.sendBeacon("${at("beacon")}", "x"); new EventSource("${at("events")}");
const x = new XMLHttpRequest(); x.open("GET", "${at("xhr")}"); x.send(); import("${at("dynamic")}").catch(() => 0);
document.getElementById("f").submit(); new Worker(URL.createObjectURL(new Blob(["fetch('${at("worker")}',{mode:'no-cors'})"])));
</script>
<base href="${at("base/")}"><img src=under-base>`;

test("CSP-02: under the headers of a page, none of forty ways to load something leads elsewhere", async ({ page }) => {
	const evil = await serveWeb((_, response) => response.writeHead(200, { "access-control-allow-origin": "*" }).end());
	const { headers } = await send({ path: "/" });
	const policy = String(headers["content-security-policy"]);
	const ways = new Set<string>();
	const body = (part: string) =>
		`<!doctype html><title>${part}</title>${waysToLoad((way) => {
			ways.add(way);
			return `${evil.url}/${part}/${way}`;
		})}`;
	const site = await serveWeb(({ url = "" }, response) => {
		const kept = url === "/bound" ? { ...SECURITY_HEADERS, "content-security-policy": policy } : {};
		response.writeHead(200, { "content-type": "text/html", ...kept }).end(body(url.slice(1)));
	});
	const hits = (part: string) =>
		new Set(evil.hits.flatMap(({ url = "" }) => (url.startsWith(`/${part}/`) ? [url] : [])));
	await page.goto(`${site.url}/bound`);
	await page.goto(`${site.url}/free`);
	await expect.poll(() => hits("free").size, { timeout: 10_000 }).toBeGreaterThan(30);
	expect(ways.size).toBeGreaterThan(40);
	expect([...hits("bound")]).toEqual([]);
	await site.close();
	await evil.close();
});

/** Hosts that stand in built code as names of things or in sentences. A new one is looked at before it is written here. */
const NAMED = [
	"www.w3.org",
	"nextjs.org",
	"react.dev",
	"github.com",
	"base-ui.com",
	"example.com",
	"i.test",
	"n",
	"a",
	"x",
];

test("SUP-04: what is built and sent loads nothing from another host", async ({ request }) => {
	const built = join(import.meta.dirname, "../.next/static");
	const paths = readdirSync(built, { recursive: true, encoding: "utf8" }).filter((path) => /\.(?:js|css)$/.test(path));
	const code = paths.map((path) => ({ path, text: readFileSync(join(built, path), "utf8") }));
	expect(code.length).toBeGreaterThan(10);
	const styles = code.filter(({ path }) => path.endsWith(".css")).map(({ text }) => text);
	expect(styles.length).toBeGreaterThan(0);
	for (const text of styles) expect(text).not.toMatch(/@import|url\(["']?(?:https?:)?\/\//);
	const hosts = code.flatMap(({ text }) =>
		[...text.matchAll(/https?:\/\/([a-z\d.-]*[a-z\d])/gi)].map(([, host]) => host),
	);
	expect([...new Set(hosts)].filter((host = "") => !NAMED.includes(host))).toEqual([]);
	for (const path of ["/", "/runs", "/library", "/settings"]) {
		const sent = await (await request.get(path)).text();
		expect(sent).toContain("/_next/static/");
		expect(sent).not.toMatch(/<(?:script|link|img|iframe|source)\b[^>]*\s(?:src|href|srcset)="(?:https?:)?\/\//i);
	}
});
