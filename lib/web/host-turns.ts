import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { WebError } from "./web-error";

export type Pace = { parallel: number; delayMs: number };

/** Requests to the web at the same time, to all hosts together. */
const MOST_AT_ONCE = 24;
/** A site that wants to be left alone for longer than this is not waited for. */
const MOST_WAIT_MS = 15_000;
const HOSTS_KEPT = 2000;

type Host = { active: number; nextAt: number; pauseUntil: number; waiting: (() => void)[] };

/**
 * Who may ask which host when: at most `parallel` requests to a host at once, each `delayMs` after the one before. One
 * for the whole process, whatever run reads.
 */
export class HostTurns {
	readonly #hosts = new Map<string, Host>();
	readonly #waiting: (() => void)[] = [];
	#active = 0;

	/** Waits for a turn at `host`; call what it returns when the request is over. Throws the reason of `signal`. */
	async take(host: string, { parallel, delayMs }: Pace, signal: AbortSignal): Promise<() => void> {
		const state = this.#stateOf(host);
		this.#refuseLongPause(state);
		while (state.active >= parallel) await turn(state.waiting, signal);
		state.active++;
		const leave = () => {
			state.active--;
			state.waiting.shift()?.();
		};
		try {
			const startAt = Math.max(state.nextAt, state.pauseUntil, performance.now());
			state.nextAt = startAt + delayMs;
			if (startAt > performance.now()) await wait(startAt - performance.now(), undefined, { signal });
			while (this.#active >= MOST_AT_ONCE) await turn(this.#waiting, signal);
		} catch (error) {
			leave();
			throw error;
		}
		this.#active++;
		return () => {
			this.#active--;
			this.#waiting.shift()?.();
			leave();
		};
	}

	/** The host asked to be left alone. */
	pause(host: string, ms: number): void {
		this.#stateOf(host).pauseUntil = performance.now() + ms;
	}

	#refuseLongPause({ pauseUntil }: Host): void {
		const left = pauseUntil - performance.now();
		if (left <= MOST_WAIT_MS) return;
		throw new WebError(
			"busy_host",
			`The site asks to be left alone for ${Math.ceil(left / 1000)} s. Read something else meanwhile.`,
		);
	}

	#stateOf(host: string): Host {
		const known = this.#hosts.get(host);
		if (known) return known;
		const made: Host = { active: 0, nextAt: 0, pauseUntil: 0, waiting: [] };
		this.#hosts.set(host, made);
		for (const [name, { active, pauseUntil }] of this.#hosts) {
			if (this.#hosts.size <= HOSTS_KEPT) break;
			if (active === 0 && pauseUntil < performance.now() && name !== host) this.#hosts.delete(name);
		}
		return made;
	}
}

/** Waits in a line until called, or until the signal ends it. */
function turn(line: (() => void)[], signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	return new Promise((resolve, reject) => {
		const called = () => {
			signal.removeEventListener("abort", left);
			resolve();
		};
		const left = () => {
			line.splice(line.indexOf(called), 1);
			reject(signal.reason);
		};
		line.push(called);
		signal.addEventListener("abort", left, { once: true });
	});
}
