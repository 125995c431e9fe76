type RenderFaultCode =
	| "missing"
	| "no_sandbox"
	| "unsafe"
	| "not_started"
	| "crashed"
	| "timeout"
	| "too_large"
	| "too_complex"
	| "refused"
	| "no_page";

/** Why a page was not rendered, as a plain sentence, and what mends it. */
export class RenderFault extends Error {
	readonly code: RenderFaultCode;
	readonly remedy: string;

	constructor(code: RenderFaultCode, message: string, remedy: string, cause?: unknown) {
		super(message, { cause });
		this.name = "RenderFault";
		this.code = code;
		this.remedy = remedy;
	}
}
