import { createHash, type Hash } from "node:crypto";
import type { WireMessage, WireRequest } from "./model";

const RECENT = 64;

/** JSON with sorted keys and no blanks (RFC 8785 for the values we send: no exotic numbers). */
function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
	if (value === null || typeof value !== "object") return JSON.stringify(value);
	const entries = Object.entries(value).filter(([, item]) => item !== undefined);
	entries.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

/**
 * SHA-256 of the canonical JSON of `{messages, params, tools}`, hex. Messages come first in sorted order, so the state
 * after a prefix is kept: a turn hashes only what changed, however long the run is. One instance a run.
 */
export class RequestHasher {
	private sent: readonly WireMessage[] = [];
	private states = new Map<number, Hash>();
	private texts = new WeakMap<object, string>();

	hash(request: WireRequest): string {
		const state = this.afterMessages(request.messages);
		state.update(`],"params":${canonicalJson(request.params)}`);
		if (request.tools) state.update(`,"tools":${this.text(request.tools)}`);
		return state.update("}").digest("hex");
	}

	private afterMessages(messages: readonly WireMessage[]): Hash {
		let at = this.commonPrefix(messages);
		while (at > 0 && !this.states.has(at)) at--;
		const state = this.states.get(at)?.copy() ?? createHash("sha256").update('{"messages":[');
		this.forgetAfter(at);
		for (; at < messages.length; at++) {
			const message = messages[at];
			if (message) state.update((at > 0 ? "," : "") + this.text(message));
			this.states.set(at + 1, state.copy());
			if ((at + 1 - RECENT) % RECENT !== 0) this.states.delete(at + 1 - RECENT);
		}
		this.sent = messages;
		return state;
	}

	private commonPrefix(messages: readonly WireMessage[]): number {
		const limit = Math.min(messages.length, this.sent.length);
		let at = 0;
		while (at < limit && messages[at] === this.sent[at]) at++;
		return at;
	}

	private forgetAfter(kept: number): void {
		for (let at = this.sent.length; at > kept; at--) this.states.delete(at);
	}

	private text(value: object): string {
		const known = this.texts.get(value);
		if (known !== undefined) return known;
		const made = canonicalJson(value);
		this.texts.set(value, made);
		return made;
	}
}
