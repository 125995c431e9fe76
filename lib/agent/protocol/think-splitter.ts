import { after, nextThinkTag, thinkStart, thinkTags } from "../../trajectory/think";

type ThinkPiece = { part: "reasoning" | "text"; text: string };

/**
 * Splits a reply's text into reasoning and text while it streams, tags cut anywhere: for every way of cutting the text
 * the joined pieces are those of `splitThink`. Holds back only what could be the beginning of a tag. `opened`: the
 * prompt ended inside a think block.
 */
export class ThinkSplitter {
	private state;
	private held = "";

	constructor({ opened = false } = {}) {
		this.state = thinkStart(opened);
	}

	push(text: string): ThinkPiece[] {
		const buffer = this.held + text;
		const pieces: ThinkPiece[] = [];
		let at = 0;
		for (let tag = nextThinkTag(buffer, at, this.state); tag; tag = nextThinkTag(buffer, at, this.state)) {
			this.emit(pieces, buffer.slice(at, tag.start));
			at = tag.end;
			this.state = tag.next;
		}
		const end = buffer.length - heldBack(buffer, at, thinkTags(this.state));
		this.emit(pieces, buffer.slice(at, end));
		this.state = after(buffer, at, end, this.state);
		this.held = buffer.slice(end);
		return pieces;
	}

	/** The text is over: what was held back was no tag. */
	end(): ThinkPiece[] {
		const pieces: ThinkPiece[] = [];
		this.emit(pieces, this.held);
		this.held = "";
		return pieces;
	}

	private emit(pieces: ThinkPiece[], text: string): void {
		if (text) pieces.push({ part: this.state.inside ? "reasoning" : "text", text });
	}
}

/** Length of the longest end of `text` (not before `from`) that a tag could begin with. */
export function heldBack(text: string, from: number, tags: readonly string[]): number {
	const longest = Math.max(...tags.map((tag) => tag.length)) - 1;
	for (let length = Math.min(longest, text.length - from); length > 0; length--) {
		const end = text.slice(-length);
		if (tags.some((tag) => tag.startsWith(end))) return length;
	}
	return 0;
}
