import { readSharePart } from "@/lib/db/shares";

/** Characters of a text that go out at once. */
const PART_CHARS = 100_000;

const NAME = /^(?:events|(?:body|page)\/\d{1,9})$/;

/**
 * A long text of what was passed on, from character `from` on. `x-chars` tells its whole length and `x-next` where the
 * rest begins. The same 404 for whatever is not there.
 */
export async function GET(
	request: Request,
	{ params }: RouteContext<"/share/[token]/part/[...name]">,
): Promise<Response> {
	const { token, name } = await params;
	const part = name.join("/");
	const asked = new URL(request.url).searchParams.get("from") ?? "0";
	const text = NAME.test(part) && /^\d{1,9}$/.test(asked) ? await readSharePart(token, part) : undefined;
	if (text === undefined) return new Response("Not found.\n", { status: 404, headers: PLAIN });
	const from = Number(asked);
	const end = endOf(text, from);
	const next: Record<string, string> = end < text.length ? { "x-next": String(end) } : {};
	return new Response(text.slice(from, end), { headers: { ...PLAIN, "x-chars": String(text.length), ...next } });
}

const PLAIN = { "content-type": "text/plain; charset=utf-8" };

/** Where a part ends: never between the two halves of a character. */
function endOf(text: string, from: number): number {
	const end = Math.min(text.length, from + PART_CHARS);
	return end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? "") ? end - 1 : end;
}
