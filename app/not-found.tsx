import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";

export default async function NotFound() {
	const t = await getTranslations("shell");
	return (
		<Notice
			title={t("notFound")}
			action={
				<Link href="/runs" className="underline decoration-line-2 underline-offset-3 hover:decoration-ink">
					{t("toRuns")}
				</Link>
			}
		>
			{t("notFoundDetail")}
		</Notice>
	);
}
