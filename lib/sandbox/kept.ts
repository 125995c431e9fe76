/** How much of a stream is kept: its beginning and its end, bytes. The same as `box.py` keeps. */
const HEAD = 65_536;
const TAIL = 16_384;

/** The beginning and the end of a stream of any length. */
export class Kept {
	/** Bytes so far, kept or not. */
	total = 0;
	private readonly head: Uint8Array[] = [];
	private headLength = 0;
	private tail: Uint8Array = new Uint8Array();

	/** Takes what came next. */
	add(chunk: Uint8Array): void {
		this.total += chunk.length;
		const first = chunk.subarray(0, HEAD - this.headLength);
		if (first.length > 0) this.head.push(first);
		this.headLength += first.length;
		const rest = chunk.subarray(first.length);
		if (rest.length > 0) this.tail = Buffer.concat([this.tail, rest.subarray(-TAIL)]).subarray(-TAIL);
	}

	/** What was kept, with how much was not between the two. */
	text(): string {
		const left = this.total - this.headLength - this.tail.length;
		const middle = Buffer.from(left > 0 ? `\n[... ${left} bytes left out ...]\n` : "");
		return Buffer.concat([...this.head, middle, this.tail]).toString("utf8");
	}
}
