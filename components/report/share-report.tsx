"use client";
import { Share2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, useState } from "react";
import { Button } from "@/components/ui/button";
import { OnceOpen } from "@/components/ui/once-open";

const ShareDialog = lazy(async () => ({ default: (await import("@/components/run/share-dialog")).ShareDialog }));

/** The way from a report that was read to a link for others. */
export function ShareReport() {
	const t = useTranslations("sharing");
	const [isOpen, setOpen] = useState(false);
	return (
		<>
			<Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
				<Share2 size={13} strokeWidth={1.75} aria-hidden="true" />
				{t("share")}
			</Button>
			<OnceOpen open={isOpen}>
				<ShareDialog open={isOpen} onClose={() => setOpen(false)} />
			</OnceOpen>
		</>
	);
}
