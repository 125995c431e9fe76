"use client";
import { useTranslations } from "next-intl";

/** Lies over a composer while files are held above the page. */
export function DropHint() {
	const t = useTranslations("attach");
	return (
		<p
			role="status"
			className="pointer-events-none absolute inset-0 z-10 grid place-items-center rounded-[10px] bg-surface/90 px-6 text-center text-[17px]/6 font-semibold"
		>
			{t("drop")}
		</p>
	);
}
