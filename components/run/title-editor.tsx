"use client";
import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { useNewest, useRunDesk } from "./use-run";

const TitleForm = lazy(async () => ({ default: (await import("./small-forms")).smallForms.TitleForm }));

/** The title, changed where it stands. */
export function TitleEditor() {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const { view } = useNewest();
	const [isEdited, setEdited] = useState(false);
	const title = view.title || store.summary.title;
	const heading = (
		<h1
			dir="auto"
			className="group line-clamp-4 flex-1 pt-1 text-[17px]/6 font-semibold tracking-[-0.011em] text-pretty [overflow-wrap:anywhere] desk:line-clamp-2"
		>
			{title}
			<Button
				variant="ghost"
				size="icon-sm"
				aria-label={t("rename")}
				title={t("rename")}
				className="ml-1 inline-grid! size-6! place-items-center align-[-5px] opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-desk:hidden!"
				onClick={() => setEdited(true)}
			>
				<Pencil size={13} strokeWidth={1.5} aria-hidden="true" />
			</Button>
		</h1>
	);
	if (!isEdited) return heading;
	return (
		<Suspense fallback={heading}>
			<TitleForm title={title} onLeave={() => setEdited(false)} />
		</Suspense>
	);
}
