"use client";
import { Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { useCopied } from "@/components/ui/use-copied";

/** The link that was just made, and where it can be opened. */
export function NewLink({ token, origin }: { token: string; origin: string | undefined }) {
	const t = useTranslations("sharing");
	const [copied, copy] = useCopied();
	const address = `${origin ?? location.origin}/share/${token}`;
	return (
		<section aria-label={t("newLink")} className="rounded-md border border-accent px-3.5 py-3">
			<div className="flex items-end gap-2">
				<div className="min-w-0 flex-1">
					<TextField
						label={t("newLink")}
						value={address}
						readOnly
						onChange={() => undefined}
						onFocus={(event) => event.currentTarget.select()}
						mono
					/>
				</div>
				<Button onClick={() => copy(address)}>
					<Copy size={14} strokeWidth={1.75} aria-hidden="true" />
					<span aria-live="polite">{copied ? t("copied") : t("copy")}</span>
				</Button>
			</div>
			<p className="mt-2 text-[12px]/4 text-ink-3">{t("onlyOnce")}</p>
			{origin === undefined && <p className="mt-1 text-[12px]/4 text-warn">{t("onlyHere")}</p>}
		</section>
	);
}
