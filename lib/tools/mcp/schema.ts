import { z } from "zod";
import { asData } from "../../web/untrusted";

type Schema = Record<string, unknown>;

/** Characters of a schema as JSON; more would crowd the model's window. */
const MOST_SCHEMA = 20_000;
const DEEPEST = 24;
/** Characters of a call's arguments as JSON. */
const MOST_ARGUMENTS = 200_000;

/** What the arguments are checked by here. Patterns are left to the server: one that is slow on purpose would stop us. */
const KEPT = new Set(
	"type required enum const minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems uniqueItems $ref".split(
		" ",
	),
);
const ONE = new Set(["items", "additionalProperties"]);
const MANY = new Set(["anyOf", "oneOf", "allOf", "prefixItems"]);
const NAMED = new Set(["properties", "$defs", "definitions"]);
/** With one of these, properties that are not listed may be meant all the same. */
const OPENS = ["additionalProperties", "patternProperties", "anyOf", "oneOf", "allOf", "$ref", "unevaluatedProperties"];

/** A tool's schema, clean of what only a person cannot see; or the sentence that says why it cannot be used. */
export function cleanSchema(given: unknown): { ok: true; schema: Schema } | { ok: false; why: string } {
	if (!isSchema(given)) return { ok: false, why: "its input schema is no object" };
	if (given.type !== undefined && given.type !== "object")
		return { ok: false, why: "its input schema is not of type object" };
	const chars = JSON.stringify(given).length;
	if (chars > MOST_SCHEMA) {
		return { ok: false, why: `its input schema has ${chars} characters; at most ${MOST_SCHEMA} are told to a model` };
	}
	try {
		inputOf(given);
		return { ok: true, schema: clean({ type: "object", properties: {}, ...given }, 0) as Schema };
	} catch (error) {
		return { ok: false, why: `its input schema cannot be used: ${asData((error as Error).message).slice(0, 200)}` };
	}
}

/** Checks a call's arguments against a tool's schema. Throws when the schema is not one. */
export function inputOf(schema: Schema): z.ZodType {
	const copy = checkable({ type: "object", properties: {}, ...schema }, 0);
	const isClosed = !OPENS.some((keyword) => keyword in schema);
	const checked = z.fromJSONSchema({
		...(copy as Schema),
		...(isClosed && { additionalProperties: false }),
	} as z.core.JSONSchema.JSONSchema);
	return z.unknown().superRefine(harmless).pipe(checked);
}

function harmless(args: unknown, context: z.RefinementCtx): void {
	const chars = JSON.stringify(args)?.length ?? 0;
	if (chars > MOST_ARGUMENTS) {
		context.addIssue(`the arguments have ${chars} characters; at most ${MOST_ARGUMENTS} are sent`);
	} else if (hasPrototype(args)) context.addIssue("no argument may be called __proto__, constructor or prototype");
}

function hasPrototype(value: unknown): boolean {
	if (typeof value !== "object" || value === null) return false;
	return Object.entries(value).some(
		([key, inner]) => key === "__proto__" || key === "constructor" || key === "prototype" || hasPrototype(inner),
	);
}

const isSchema = (value: unknown): value is Schema =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** The part of a schema that can be checked without trusting who wrote it. Throws on what is no schema. */
function checkable(schema: unknown, depth: number): unknown {
	if (typeof schema === "boolean") return schema;
	if (!isSchema(schema)) throw new Error("a part of it is no schema");
	if (depth > DEEPEST) throw new Error(`it is nested deeper than ${DEEPEST}`);
	const copy: Schema = {};
	for (const [keyword, value] of Object.entries(schema)) {
		if (KEPT.has(keyword)) copy[keyword] = value;
		else if (ONE.has(keyword)) copy[keyword] = checkable(value, depth + 1);
		else if (MANY.has(keyword)) copy[keyword] = listOf(keyword, value).map((inner) => checkable(inner, depth + 1));
		else if (NAMED.has(keyword)) copy[keyword] = named(keyword, value, depth);
	}
	return copy;
}

function named(keyword: string, value: unknown, depth: number): Schema {
	if (!isSchema(value)) throw new Error(`${keyword} is no object`);
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, checkable(inner, depth + 1)]));
}

function listOf(keyword: string, value: unknown): unknown[] {
	if (!Array.isArray(value)) throw new Error(`${keyword} is no list`);
	return value;
}

/** Every text of it as data, so that nothing in a schema reads as a command to a template or protocol. */
function clean(value: unknown, depth: number): unknown {
	if (typeof value === "string") return asData(value);
	if (typeof value !== "object" || value === null) return value;
	if (depth > 2 * DEEPEST) throw new Error("it is nested too deep");
	if (Array.isArray(value)) return value.map((inner) => clean(inner, depth + 1));
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [asData(key), clean(inner, depth + 1)]));
}
