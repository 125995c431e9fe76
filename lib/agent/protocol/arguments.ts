import { repairObject } from "./repair-json";

/** What a call carries when its arguments could not be read: the tool then refuses them (spec §1.8.1, §8.3). */
export const PARSE_FAILURE = "Failed to parse arguments";

/**
 * A call's arguments from the text the model wrote: JSON, else repaired JSON. Only an object counts (decision D23);
 * anything else becomes an object that says so and keeps the text. Keys with a null value are dropped.
 */
export function readArguments(raw: string): Record<string, unknown> {
	const parsed = parse(raw);
	return isObject(parsed) ? withoutNulls(parsed) : unreadable(raw);
}

export const unreadable = (raw: string): Record<string, unknown> => ({ error: PARSE_FAILURE, raw });

/** The text behind arguments that could not be read; undefined for arguments that could. */
export function unreadText(args: Record<string, unknown>): string | undefined {
	return args.error === PARSE_FAILURE && typeof args.raw === "string" ? args.raw : undefined;
}

export function withoutNulls(args: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
}

/** Broken JSON is no fault of ours: models write all kinds of it, and the repair reads most. */
function parse(raw: string): unknown {
	try {
		return JSON.parse(raw);
	} catch {
		return repairObject(raw);
	}
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);
