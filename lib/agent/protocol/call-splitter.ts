import { heldBack } from "./think-splitter";

const OPEN = "<use_mcp_tool>";
const CLOSE = "</use_mcp_tool>";

type CallPiece = { part: "text" | "call"; text: string };

/**
 * Splits streamed text into prose and call blocks of the text protocol (tags stay with the block), so that a call is
 * shown while it is written. The same joined pieces for every way of cutting the text.
 */
export class CallSplitter {
	private part: CallPiece["part"] = "text";
	private held = "";

	push(text: string): CallPiece[] {
		const buffer = this.held + text;
		const pieces: CallPiece[] = [];
		let at = 0;
		for (let found = buffer.indexOf(this.tag(), at); found >= 0; found = buffer.indexOf(this.tag(), at)) {
			const closes = this.part === "call";
			const end = closes ? found + CLOSE.length : found;
			this.emit(pieces, buffer.slice(at, end));
			at = end;
			this.part = closes ? "text" : "call";
		}
		const end = buffer.length - heldBack(buffer, at, [this.tag()]);
		this.emit(pieces, buffer.slice(at, end));
		this.held = buffer.slice(end);
		return pieces;
	}

	/** The text is over: what was held back was no tag. */
	end(): CallPiece[] {
		const pieces: CallPiece[] = [];
		this.emit(pieces, this.held);
		this.held = "";
		return pieces;
	}

	private tag(): string {
		return this.part === "call" ? CLOSE : OPEN;
	}

	private emit(pieces: CallPiece[], text: string): void {
		if (text) pieces.push({ part: this.part, text });
	}
}
