import { getRequestConfig } from "next-intl/server";
import en from "./en.json";

/** English for now; the languages of the catalogue are chosen here. */
export default getRequestConfig(async () => ({ locale: "en", messages: en, timeZone: "UTC" }));
