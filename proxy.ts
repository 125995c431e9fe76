import { type NextRequest, NextResponse } from "next/server";
import { env, isDevelopment } from "./lib/env";
import { contentPolicy, refusal, SECURITY_HEADERS } from "./lib/web/request-guard";

/** Stands before every request: exact Host and Origin, a fresh nonce, the security headers. */
export function proxy(request: NextRequest): NextResponse {
	const { headers, method } = request;
	const host = headers.get("host");
	const incoming = { method, hosts: host === null ? [] : host.split(","), origin: headers.get("origin") };
	const refused = refusal(incoming, { port: env().PORT, host: env().HOST });
	if (refused) return new NextResponse(`${refused.reason}\n`, { status: refused.status, headers: SECURITY_HEADERS });
	const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
	const policy = contentPolicy(nonce, isDevelopment());
	const passed = new Headers(headers);
	for (const name of ["x-forwarded-host", "x-forwarded-proto", "forwarded"]) passed.delete(name);
	passed.set("x-nonce", nonce);
	passed.set("content-security-policy", policy);
	const response = NextResponse.next({ request: { headers: passed } });
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
	response.headers.set("content-security-policy", policy);
	return response;
}
