import { getRequestConfig } from "next-intl/server";
import en from "./en.json";

/** English for now; the languages of the catalogue are chosen here. Times are those of this machine, as the reader's. */
export default getRequestConfig(async () => ({
	locale: "en",
	messages: en,
	now: new Date(),
	timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
}));
