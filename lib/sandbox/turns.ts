/** Lets a number of calls go on at a time; the others wait in order. */
export class Turns {
	private free: number;
	private readonly line: (() => void)[] = [];

	constructor(places: number) {
		this.free = places;
	}

	/** Runs `work` when there is a place for it. An abort while it waits throws the signal's reason. */
	async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
		if (this.free > 0) this.free--;
		else await this.wait(signal);
		try {
			return await work();
		} finally {
			const next = this.line.shift();
			if (next) next();
			else this.free++;
		}
	}

	private wait(signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		return new Promise((resolve, reject) => {
			const begin = () => {
				signal.removeEventListener("abort", leave);
				resolve();
			};
			const leave = () => {
				this.line.splice(this.line.indexOf(begin), 1);
				reject(signal.reason);
			};
			this.line.push(begin);
			signal.addEventListener("abort", leave, { once: true });
		});
	}
}
