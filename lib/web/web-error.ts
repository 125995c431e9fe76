export type WebErrorCode =
	| "bad_url"
	| "blocked_scheme"
	| "blocked_address"
	| "blocked_host"
	| "dns"
	| "unreachable"
	| "timeout"
	| "too_large"
	| "too_many_redirects"
	| "bad_redirect"
	| "robots"
	| "busy_host"
	| "allowance"
	| "no_content"
	| "rendering"
	| "http_status"
	| "unsupported_encoding"
	| "unsupported_content"
	| "extraction";

/** A page that could not be read. `message` is one plain sentence for the model; it says nothing about our network. */
export class WebError extends Error {
	readonly code: WebErrorCode;
	readonly status: number | undefined;

	constructor(code: WebErrorCode, message: string, options: { status?: number; cause?: unknown } = {}) {
		super(message, { cause: options.cause });
		this.name = "WebError";
		this.code = code;
		this.status = options.status;
	}
}
