import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import en from "./en.json";
import { LOCALE_COOKIE, localeOf } from "./locales";
import zh from "./zh.json";

const CATALOGUES = { en, zh };

/** The reader's language; times are those of this machine, as the reader's. */
export default getRequestConfig(async () => {
	const [jar, asked] = await Promise.all([cookies(), headers()]);
	const locale = localeOf(jar.get(LOCALE_COOKIE)?.value, asked.get("accept-language"));
	return {
		locale,
		messages: CATALOGUES[locale],
		now: new Date(),
		timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
	};
});
