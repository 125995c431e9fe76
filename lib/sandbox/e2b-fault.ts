/**
 * What kept a call at E2B from working. `gone`: the sandbox is no more; `late`: no answer in time; `too_much`: more
 * bytes than are taken; `refused`: anything else.
 */
type E2bFaultKind = "gone" | "late" | "too_much" | "refused";

/** A failure at E2B. Its message is a sentence for people, and holds neither a key nor what the sandbox said. */
export class E2bFault extends Error {
	readonly kind: E2bFaultKind;

	constructor(kind: E2bFaultKind, message: string) {
		super(message);
		this.name = "E2bFault";
		this.kind = kind;
	}
}

/** Whether this is a failure at E2B of one of these kinds. */
export const isFault = (error: unknown, ...kinds: E2bFaultKind[]): error is E2bFault =>
	error instanceof E2bFault && kinds.includes(error.kind);
