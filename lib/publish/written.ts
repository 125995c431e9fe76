/** `noBrowser`: there is none to print with. `noPlayer`: it was not built. `failed`: why, in the words of what failed. */
export type Written =
	| { ok: true; body: string | Uint8Array<ArrayBuffer> }
	| { ok: false; reason: "noBrowser" | "noPlayer" | "failed"; detail: string };
