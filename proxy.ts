import { unescape as decoded } from "node:querystring";
import { type NextRequest, NextResponse } from "next/server";
import { env, isDevelopment } from "./lib/env";
import {
	contentPolicy,
	FILE_POLICY,
	incomingOf,
	isFilePath,
	isPageLoad,
	isSharePath,
	refusal,
	SECURITY_HEADERS,
	SHARED_HEADERS,
	sharedContentPolicy,
} from "./lib/web/request-guard";

/** What a request may say of its way here; only what is found here counts. */
const NOT_PASSED = ["x-forwarded-host", "x-forwarded-proto", "forwarded", "x-share-origin", "x-page-load"];

/**
 * Routes that take files in. A body that passes here is copied into memory, up to 10 MB, and the rest is lost; so these
 * routes are left out, and `receiveUpload` asks the same guard before it reads a byte.
 */
export const config = { matcher: ["/((?!api/(?:library|attachments)$).*)"] };

/** Stands before every other request: exact Host and Origin, a fresh nonce, the security headers. */
export function proxy(request: NextRequest): NextResponse {
	const { headers, method, nextUrl } = request;
	const path = nextUrl.pathname;
	const isShared = isSharePath(path);
	const answered = isShared ? { ...SECURITY_HEADERS, ...SHARED_HEADERS } : SECURITY_HEADERS;
	const host = headers.get("host");
	const { PORT, HOST, SHARE_ORIGIN } = env();
	const refused = refusal(incomingOf(method, headers, path), { port: PORT, host: HOST, shareOrigin: SHARE_ORIGIN });
	if (refused) return new NextResponse(`${refused.reason}\n`, { status: refused.status, headers: answered });
	if (!isShared && !canBeDecoded(path)) return new NextResponse("Not found.\n", { status: 404, headers: answered });
	const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
	const ofPage = isShared ? sharedContentPolicy : contentPolicy;
	const policy = isFilePath(path) ? FILE_POLICY : ofPage(nonce, isDevelopment());
	const passed = new Headers(headers);
	for (const name of NOT_PASSED) passed.delete(name);
	passed.set("x-nonce", nonce);
	passed.set("content-security-policy", policy);
	if (isShared) tellShared(passed, { host: host ?? "", isLoad: isPageLoad(method, headers), outer: SHARE_ORIGIN });
	const response =
		isShared && !isReadable(path)
			? NextResponse.rewrite(new URL("/share/-", nextUrl), { request: { headers: passed } })
			: NextResponse.next({ request: { headers: passed } });
	for (const [name, value] of Object.entries(answered)) response.headers.set(name, value);
	response.headers.set("content-security-policy", policy);
	return response;
}

/** Whether every percent sign of an address stands for a character; Next answers others with a fault of its own. */
const canBeDecoded = (path: string): boolean => !/%(?![\dA-Fa-f]{2})/.test(path) && !decoded(path).includes("\ufffd");

/** Shared addresses whose percent signs mean nothing are like any other that leads nowhere. */
const isReadable = (path: string): boolean => canBeDecoded(path) && !/%(?:00|[89A-Fa-f])/.test(path);

type Shared = { host: string; isLoad: boolean; outer: string | undefined };

/** A shared page knows the name it was asked by, and nothing of the workbench of whoever reads it: no cookie reaches it. */
function tellShared(passed: Headers, { host, isLoad, outer }: Shared): void {
	passed.delete("cookie");
	passed.set("x-share-origin", outer && new URL(outer).host === host.toLowerCase() ? outer : `http://${host}`);
	if (isLoad) passed.set("x-page-load", "1");
}
