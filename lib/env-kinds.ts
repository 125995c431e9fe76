import { z } from "zod";

/** The kinds of values that settings have, with what is said of one that is not of its kind. */
export const text = z.string();
/** A key that nothing prints by accident: every way to write it down gives a word in its place. */
export class Secret {
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	/** The key itself, for the request that it is for. */
	reveal(): string {
		return this.#text;
	}

	toString(): string {
		return "[secret]";
	}

	toJSON(): string {
		return "[secret]";
	}

	[Symbol.for("nodejs.util.inspect.custom")](): string {
		return "[secret]";
	}
}

export const sealing = (value: string): Secret => new Secret(value);
export const secret = (description: string) =>
	text.transform(sealing).optional().meta({ description, example: "a-long-secret" });
export const named = (description: string, example: string) => text.optional().meta({ description, example });
export const choice = <const W extends string>(...words: W[]) =>
	z.enum(words, { error: `is none of ${words.join(", ")}` });
export const list = text.transform((words) => words.split(/[\s,]+/).filter(Boolean));
export const listOf = (entry: RegExp, error: string) =>
	list.refine((words) => words.every((word) => entry.test(word)), { error });
export const address = z.url({ protocol: /^https?$/, error: "is not an http(s) address" });
export const whole = z.coerce.number({ error: "is not a whole number" }).int("is not a whole number");
export const count = whole.min(1, "is less than 1");
export const onOff = (usual: "on" | "off") =>
	z
		.enum(["on", "off"], { error: "is neither on nor off" })
		.default(usual)
		.transform((value) => value === "on");
