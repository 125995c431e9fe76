"use client";
import { ImageOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { hostLabel } from "@/components/run/row-facts";

/** What stands for an image of a page: nothing is fetched from where it lies. */
export function ImagePlace({ src, alt }: { src: string; alt: string }) {
	const t = useTranslations("report");
	const host = /^https?:/i.test(src) ? hostLabel(src) : "";
	return (
		<span className="my-1 inline-flex max-w-full items-center gap-2 rounded-md border border-dashed border-line-2 px-2.5 py-1 text-[13px]/5 text-ink-3">
			<ImageOff size={14} strokeWidth={1.5} aria-hidden="true" />
			<span className="truncate">{host ? t("imageFrom", { host }) : t("image")}</span>
			{alt && <span className="truncate text-ink-2">{alt}</span>}
		</span>
	);
}
