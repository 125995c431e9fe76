import type { Messages } from "next-intl";
import { getTranslations } from "next-intl/server";

/** A refusal that a person may come to see, in that person's language. */
export async function refusal(why: keyof Messages["refusals"]): Promise<{ ok: false; error: string }> {
	const t = await getTranslations("refusals");
	return { ok: false, error: t(why) };
}
