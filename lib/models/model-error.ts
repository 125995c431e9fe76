import "server-only";
import { APICallError } from "@ai-sdk/provider";
import { ModelFault } from "../agent/model";
import type { FaultClass } from "../trajectory/event";
import { parseObject } from "./parse-object";

/** A prompt beyond the window, in the wordings of vLLM (five of them) and SGLang (two). */
const OVERFLOW =
	/maximum context length|longer than the model'?s? context length|cannot be greater than max_model_len|upper bound for \d+ input tokens|exceeds model's maximum context|max_tokens must be at least 1, got (0|-)/i;

export const isOverflow = (status: number | undefined, text: string): boolean => status === 400 && OVERFLOW.test(text);

const BY_STATUS: Record<number, FaultClass> = {
	401: "unauthorized",
	403: "unauthorized",
	404: "not_found",
	408: "timeout",
	429: "rate_limit",
	502: "busy",
	503: "busy",
	504: "busy",
};

function classOf(status: number, text: string): FaultClass {
	if (isOverflow(status, text)) return "overflow";
	const known = BY_STATUS[status];
	if (known) return known;
	return status >= 500 ? "server_error" : "bad_request";
}

const REFUSED = new Set([
	"ECONNREFUSED",
	"ENOTFOUND",
	"EHOSTUNREACH",
	"ENETUNREACH",
	"EAI_AGAIN",
	"UND_ERR_CONNECT_TIMEOUT",
]);

/** The cause chain's error codes, outermost first. */
function codesOf(error: unknown): string[] {
	const codes: string[] = [];
	for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
		if ("code" in at && typeof at.code === "string") codes.push(at.code);
		if (at instanceof AggregateError) for (const inner of at.errors) codes.push(...codesOf(inner));
	}
	return codes;
}

/** The server's own words, from the error envelopes in use (OpenAI's, vLLM's flat and string forms, FastAPI's). */
function messageIn(body: string): string | undefined {
	const parsed = parseObject(body);
	if (!parsed) return undefined;
	const { error } = parsed;
	if (typeof error === "string") return error;
	if (error && typeof error === "object" && "message" in error) return String(error.message);
	const text = parsed.message ?? parsed.detail;
	return typeof text === "string" ? text : undefined;
}

const clip = (text: string): string => (text.length > 500 ? `${text.slice(0, 500)}…` : text);

function retryAfter(headers: Record<string, string> | undefined): number | undefined {
	const inMs = Number(headers?.["retry-after-ms"]);
	if (Number.isFinite(inMs) && headers?.["retry-after-ms"]) return inMs;
	const raw = headers?.["retry-after"];
	if (!raw) return undefined;
	const seconds = Number(raw);
	const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(raw) - Date.now();
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/**
 * What a failed request was, as a `ModelFault` with a sentence for people: the server's words, never our request or
 * the key. `began` says that part of a reply had come.
 */
export function faultOf(error: unknown, began: boolean): ModelFault {
	if (error instanceof ModelFault) return error;
	if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode >= 400)
		return httpFault(error);
	const codes = codesOf(error);
	const cause = { cause: error };
	if (codes.some((code) => REFUSED.has(code)))
		return new ModelFault("refused", "The model server does not answer.", cause);
	if (began) return new ModelFault("truncated", "The model's reply broke off.", cause);
	if (codes.length > 0)
		return new ModelFault("reset", `The connection to the model server was lost (${codes.at(-1)}).`, cause);
	if (isProtocolError(error)) {
		return new ModelFault("unexpected", "What answers at this address is not a model server.", cause);
	}
	return new ModelFault("unexpected", error instanceof Error ? clip(error.message) : clip(String(error)), cause);
}

const isProtocolError = (error: unknown): boolean =>
	APICallError.isInstance(error) ||
	(error instanceof Error && /AI_(TypeValidation|JSONParse|EmptyResponse)/.test(error.name));

function httpFault(error: APICallError): ModelFault {
	const status = error.statusCode ?? 0;
	const body = error.responseBody ?? "";
	const text = messageIn(body) ?? error.message;
	const ms = retryAfter(error.responseHeaders);
	const fault = classOf(status, `${body} ${text}`);
	const said =
		fault === "unauthorized"
			? "The model server refused the key (LLM_API_KEY)."
			: `The model server said ${status}: ${clip(text)}`;
	return new ModelFault(fault, said, { status, cause: error, ...(ms !== undefined && { retryAfterMs: ms }) });
}

/** A fault the server reported inside a stream that had begun with 200; what it calls our mistake is not tried again. */
export function streamFault(error: unknown): ModelFault {
	const text = textOf(error);
	const status = statusOf(error);
	if (isOverflow(status ?? 400, text)) return new ModelFault("overflow", clip(text), { status: 400, cause: error });
	if (/without a finish reason/.test(text))
		return new ModelFault("truncated", "The model's reply broke off.", { cause: error });
	if (status !== undefined && status >= 400 && status < 500)
		return new ModelFault(classOf(status, text), `The model server said ${status}: ${clip(text)}`, {
			status,
			cause: error,
		});
	return new ModelFault("stream_error", `The model server failed while it wrote: ${clip(text)}`, { cause: error });
}

function textOf(error: unknown): string {
	if (error instanceof Error) return error.message;
	if (error && typeof error === "object" && "message" in error) return String(error.message);
	return typeof error === "string" ? error : JSON.stringify(error);
}

function statusOf(error: unknown): number | undefined {
	if (!error || typeof error !== "object") return undefined;
	const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
	const found = statusCode ?? code;
	return typeof found === "number" ? found : undefined;
}
