/** `noBrowser`: there is none to print with. `failed`: why, in the words of what failed. */
export type Written =
	| { ok: true; body: string | Uint8Array<ArrayBuffer> }
	| { ok: false; reason: "noBrowser" | "failed"; detail: string };
