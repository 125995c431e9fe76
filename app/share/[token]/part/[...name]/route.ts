import { readSharePart } from "@/lib/db/shares";
import { textPart } from "@/lib/trajectory/text-part";

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
	const known = name.join("/");
	const asked = new URL(request.url).searchParams.get("from") ?? "0";
	const whole = NAME.test(known) && /^\d{1,9}$/.test(asked) ? await readSharePart(token, known) : undefined;
	if (whole === undefined) return new Response("Not found.\n", { status: 404, headers: PLAIN });
	const { text: part, chars, next } = textPart(whole, Number(asked));
	const rest: Record<string, string> = next === undefined ? {} : { "x-next": String(next) };
	return new Response(part, { headers: { ...PLAIN, "x-chars": String(chars), ...rest } });
}

const PLAIN = { "content-type": "text/plain; charset=utf-8" };
