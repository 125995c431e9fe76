import { getTranslations } from "next-intl/server";
import { EmptyPage } from "@/components/ui/empty-page";

/** The same for a link that never was, is over or was taken back. */
export default async function SharedNotFound() {
	const [t, shell] = await Promise.all([getTranslations("share"), getTranslations("shell")]);
	return <EmptyPage title={shell("notFound")}>{t("notFoundDetail")}</EmptyPage>;
}
