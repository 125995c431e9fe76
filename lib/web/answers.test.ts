import { brotliCompressSync, gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { asHtml, inHtml, serveAnswers, typed, WORDS } from "../../e2e/fixtures/answering-site";
import { lockedPdfOf, longPdfOf } from "../../e2e/fixtures/attached";
import { serveBytes, serveWeb } from "../../e2e/fixtures/web-server";
import { decodePage } from "./decode";
import { closeExtraction } from "./extract";
import { retryAfterMs } from "./status-text";

const site = await serveAnswers();
const { textOf, textAt, guard, server } = site;
afterAll(async () => {
	await site.close();
	await closeExtraction();
});

const docx = (document: string, more: Record<string, Uint8Array> = {}) =>
	Buffer.from(
		zipSync({
			"[Content_Types].xml": Buffer.from(
				'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
			),
			"_rels/.rels": Buffer.from(
				'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
			),
			"word/document.xml": Buffer.from(document),
			...more,
		}),
	);
const WORD = (text: string, before = "") =>
	`<?xml version="1.0"?>${before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`;
const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "${"&a;".repeat(100)}"><!ENTITY c "${"&b;".repeat(100)}"><!ENTITY d "${"&c;".repeat(1000)}">]>`;

describe("an answer that is no page is told in one sentence", () => {
	test.each([
		[204, "nothing to show"],
		[304, "not asked"],
		[206, "only a part"],
		[401, "a login"],
		[402, "a payment"],
		[403, "refuses to show"],
		[404, "no such page"],
		[410, "gone for good"],
		[418, "refuses to answer programs"],
		[451, "legal reasons"],
		[500, "The site failed"],
		[302, "answered 302"],
	])("B046 B042: status %i", async (status, said) => {
		expect(await textOf({ status, body: status === 204 || status === 304 ? "" : WORDS })).toContain(said);
	});

	test("B046: a wish to be left alone is kept to ten minutes and held against the host", async () => {
		const busy = await serveWeb((_, response) => response.writeHead(429, { "retry-after": "1000000000" }).end());
		const of = { ...guard, allowed: [busy.host] };
		expect(await textAt(`${busy.url}/a`, of)).toContain("fewer requests");
		const asked = busy.hits.length;
		expect(await textAt(`${busy.url}/b`, of)).toMatch(/left alone for (600|599) s/);
		expect(busy.hits.length).toBe(asked);
		await busy.close();
		expect(retryAfterMs("1000000000")).toBe(600_000);
		expect(retryAfterMs(new Date(5000).toUTCString(), 2000)).toBe(3000);
		expect(retryAfterMs("soon")).toBeUndefined();
	});

	test.each(["", "   \n", "null", "\0", "\ufeff"])("B047: %j is an empty page", async (body) => {
		expect(await textOf(asHtml(body))).toBe("The page is empty.");
	});

	test.each([
		["random bytes", Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256))],
		["ELF", Buffer.from("\x7fELF\x02\x01\x01 more", "latin1")],
		["PNG", Buffer.from("\x89PNG\r\n\x1a\n more", "latin1")],
		["MP4", Buffer.from("\0\0\0 ftypisom more", "latin1")],
		["zip", Buffer.from(zipSync({ "a.txt": Buffer.from("hello") }))],
	])("B048 BOMB-08: %s under the name of HTML is no text", async (_, body) => {
		expect(await textOf(asHtml(body))).toBe("This is not a page of text.");
	});

	test.each([
		["B042", { location: "" }, "answered 302"],
		["B042", { location: "http://" }, "redirects to no address"],
		["B042", { location: `/${"a".repeat(20_000)}` }, "longer than"],
		["B041 SSRF-04", { location: "http://10.0.0.1/" }, "not allowed"],
		["SSRF-05", { location: "gopher://x.org/" }, "Only http and https"],
	])("%s: a redirect to %j", async (_, headers, said) => {
		expect(await textOf({ status: 302, headers })).toContain(said);
	});

	test.each([
		["HTTP/1.1 999 What\r\ncontent-length: 2\r\n\r\nok", "answered 999"],
		["HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\nok", "could not be reached"],
		["HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd", "could not be reached"],
		["HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", "could not be reached"],
		["HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\nok", "could not be reached"],
		[`HTTP/1.1 200 OK\r\n${"x: y\r\n".repeat(100_000)}\r\nok`, "could not be reached"],
	])("B045 BOMB-04 BOMB-05: broken framing %#", async (raw, said) => {
		const broken = await serveBytes(raw);
		expect(await textAt(broken.url, { ...guard, allowed: [broken.host] })).toContain(said);
		await broken.close();
	});
});

describe("compressed", () => {
	const page = inHtml(`<p>${WORDS}</p>`);
	test.each([
		["br", brotliCompressSync(page), "harbour of Ternholm"],
		["gzip, gzip", gzipSync(gzipSync(page)), "harbour of Ternholm"],
		["gzip", gzipSync(page).subarray(0, 60), "compression is damaged"],
		["gzip", Buffer.from(page), "compression is damaged"],
		["zstd", gzipSync(page), "compressed in a way"],
		["gzip, gzip, gzip", gzipSync(page), "compressed in a way"],
		["gzip, gzip", gzipSync(gzipSync(Buffer.alloc(50_000_000))), "larger than 3 MB"],
	])("B043 BOMB-01 BOMB-02: as %s", async (encoding, body, said) => {
		expect(await textOf({ headers: { "content-type": "text/html", "content-encoding": encoding }, body })).toContain(
			said,
		);
	});
});

describe("B049 BOMB-07: character sets", () => {
	const russian = "Вода в гавани поднимается каждый день до высокой отметки на старой стене. ".repeat(6);
	const cp1251 = Buffer.from(
		[...russian].map((letter) => {
			const code = letter.codePointAt(0) ?? 0;
			return code >= 0x410 && code <= 0x44f ? code - 0x350 : code;
		}),
	);
	const japanese = Buffer.from("8365834c835883678365834c83588367", "hex");
	test.each([
		["UTF-16 without its mark", Buffer.from("The tide comes first.", "utf16le"), "text/plain", "The tide comes first."],
		["Shift_JIS as the header says", japanese, "text/html; charset=shift_jis", "テキストテキスト"],
		[
			"GB 18030 as the page says",
			Buffer.from('<meta charset="gb18030">\xb3\xb1\xcf\xab', "latin1"),
			"text/html",
			"潮汐",
		],
		["ISO-2022-JP", Buffer.from("\x1b$B%F%-%9%H\x1b(B", "latin1"), "text/html; charset=iso-2022-jp", "テキスト"],
		["Windows-1251 that nobody names", cp1251, "text/html", "Вода в гавани"],
		["Windows-1251 called UTF-8", cp1251, "text/html; charset=utf-8", "Вода в гавани"],
		["UTF-8 called Shift_JIS by its page, with a mark", Buffer.from('\ufeff<meta charset="shift_jis">潮'), "", "潮"],
		[
			"XML's declaration",
			Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a>Caf\xe9</a>', "latin1"),
			"",
			"Café",
		],
	])("%s", (_, bytes, type, text) => {
		expect(decodePage(bytes, type)).toEqual({ text: expect.stringContaining(text), damaged: false });
	});

	test.each([
		["UTF-7 is never undone", Buffer.from("+ADw-script+AD4-"), "utf-7", { text: "+ADw-script+AD4-", damaged: false }],
		["overlong forms are no letters", Buffer.from([0xc0, 0xbc, 0x73]), "", { text: "\ufffd\ufffds", damaged: true }],
	])("%s", (_, bytes, charset, decoded) => {
		expect(decodePage(bytes, `text/html; charset=${charset}`)).toEqual(decoded);
	});

	test("what is left undecoded is said at the end of the page", async () => {
		const body = Buffer.concat([Buffer.from(WORDS.repeat(4)), Buffer.from([0xff, 0xc0])]);
		expect(await textOf(typed("text/plain", body))).toMatch(/Some characters of this page could not be decoded\.\]$/);
	});
});

describe("B051: what a site shows in place of a page is said, not read", () => {
	test.each([
		[
			"scripts alone",
			inHtml('<div id="root"></div><noscript>You need to enable JavaScript.</noscript><script src="/a.js"></script>'),
			"without running its scripts",
		],
		[
			"scripts alone, unsaid",
			inHtml('<div id="__next"></div><script src="/a.js"></script>'),
			"without running its scripts",
		],
		[
			"a check for robots",
			inHtml("<h1>Checking your browser</h1><p>This takes a moment.</p>", "<title>Just a moment...</title>"),
			"check for robots",
		],
		[
			"a captcha",
			inHtml('<p>Prove it below.</p><div class="h-captcha"></div>', "<title>Shop</title>"),
			"check for robots",
		],
		[
			"a login",
			inHtml('<h1>Welcome back</h1><form><input name=u><input type="password"></form>', "<title>Sign in</title>"),
			"asks for a login",
		],
		[
			"a cookie wall",
			inHtml(
				`<div><h2>We value your privacy</h2><p>${"We and our partners store cookies on your device with your consent. ".repeat(5)}</p><button>Accept all</button> <p>Accept all cookies to go on.</p></div>`,
			),
			"question about cookies",
		],
		[
			"a soft 404",
			inHtml("<h1>Oops</h1><p>Try the search.</p>", "<title>Page not found | Shop</title>"),
			"no such page",
		],
	])("%s", async (_, body, said) => {
		expect(await textOf(asHtml(body))).toContain(said);
	});

	test.each([
		[
			"an article about cookies",
			inHtml(`<article><h1>Accept all cookies?</h1><p>${WORDS}${WORDS}${WORDS}</p></article>`),
		],
		[
			"a short page with a search field",
			inHtml(`<h1>Ternholm</h1><p>A harbour. The harbour of Ternholm is deep.</p><input>`),
		],
		[
			"a page with a form to log in at its top",
			inHtml(
				`<form><input type="password"></form><article><p>${WORDS}${WORDS}</p></article>`,
				"<title>Ternholm</title>",
			),
		],
	])("%s is a page", async (_, body) => {
		expect(await textOf(asHtml(body))).toContain("harbour of Ternholm");
	});
});

describe("documents", () => {
	test("Word, CSV and JSON are read as text; a picture by what it is said to show", async () => {
		expect(await textOf(typed("application/octet-stream", docx(WORD("The tide at Skarn"))))).toBe("The tide at Skarn");
		expect(await textOf(typed("text/csv", "month,range\nMarch,4.9\n"))).toContain("March,4.9");
		expect(await textOf(typed("application/json", '{"tide":{"range":4.9}}'))).toContain('"range": 4.9');
		const pictured = inHtml(
			`<article><p>${WORDS}</p><p>${WORDS}<img src="/a.png" alt="Chart of the spring tide"></p></article>`,
		);
		expect(await textOf(asHtml(pictured))).toContain("Chart of the spring tide");
	});

	test("B053 BOMB-10: a Word document that unpacks to too much, or into too many parts, is refused", async () => {
		const bomb = docx(WORD("x"), { "word/styles.xml": new Uint8Array(40_000_000) });
		expect(bomb.length).toBeLessThan(200_000);
		expect(await textOf(typed("application/zip", bomb))).toBe("The Word document could not be read.");
		const many = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`word/x${at}.xml`, Buffer.from("<a/>")]));
		expect(await textOf(typed("application/zip", docx(WORD("x"), many)))).toBe("The Word document could not be read.");
		const traversing = docx(WORD("The tide"), { "../../x": Buffer.from("x"), "word/../../y.xml": Buffer.from("y") });
		expect(await textOf(typed("application/zip", traversing))).toBe("The tide");
	});

	test("B054 BOMB-12: entities are not expanded, in Word or in XML", async () => {
		const said = await textOf(typed("application/zip", docx(WORD("&d;", LAUGHS))));
		expect(said.length).toBeLessThan(1000);
		const xml = `<?xml version="1.0"?>${LAUGHS}<rss><channel><item><title>${WORDS}</title>&d;</item></channel></rss>`;
		expect((await textOf(typed("application/xml", xml))).length).toBeLessThan(20_000);
	});

	test.each([
		["0 bytes after its mark", "%PDF-1.7"],
		[
			"a broken table of places",
			"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 9999999\ntrailer<</Root 1 0 R>>\n%%EOF",
		],
	])("B052 BOMB-09: a PDF with %s fails with its reason", async (_, body) => {
		expect(await textOf(typed("application/pdf", body))).toMatch(/^The PDF (could not be read|holds no text)/);
	});

	test("B052 BOMB-09: a PDF with a password, and one of 10,000 pages, fail with their reasons and hold nothing up", async () => {
		const before = process.memoryUsage().rss;
		expect(await textOf(typed("application/pdf", lockedPdfOf()))).toBe(
			"The PDF could not be read; it is locked with a password.",
		);
		expect(await textOf(typed("application/pdf", longPdfOf(10_000, "41 m")))).toBe(
			"The PDF has 10000 pages; at most 2000 are read.",
		);
		expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
	});

	test("B055 B056 SEC-07: what a header says of files, cookies and other places changes nothing", async () => {
		const headers = {
			"content-type": "text/html",
			"content-disposition": 'attachment; filename="../../x\u202egnp.exe"'.replace("\u202e", "%e2%80%ae"),
			"set-cookie": "a=b".repeat(500),
			refresh: "0; url=http://127.0.0.1:1/",
			link: "<http://127.0.0.1:1/>; rel=preload",
		};
		const before = server.hits.length;
		expect(await textOf({ headers, body: inHtml(`<p>${WORDS}</p>`) })).toContain("harbour");
		expect(server.hits.length).toBe(before + 1);
		expect(server.hits.at(-1)?.headers.cookie).toBeUndefined();
	});
});
