"use client";
import { RotateCcw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Status, type Tone } from "@/components/ui/status";
import { useSentence } from "@/components/ui/use-sentence";
import type { Skipped } from "@/lib/trajectory/library-view";

type Props = {
	name: string;
	collection: string;
	tone: Tone;
	state: ReactNode;
	/** Why it was not added, with what can be done. */
	why?: string;
	unread?: readonly Skipped[];
	skipped?: number;
	onRetry?: (() => void) | undefined;
	onDismiss?: (() => void) | undefined;
};

const ICON = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

/** One file on its way into the library: where it is, and what went wrong. */
export function LineRow({ name, collection, tone, state, why = "", unread = [], skipped = 0, ...deeds }: Props) {
	const t = useTranslations("library.line");
	const worded = useSentence();
	const { onRetry, onDismiss } = deeds;
	return (
		<li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 border-t border-line py-2 first:border-t-0">
			<div className="min-w-0">
				<p className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-[13px]/5">
					<span dir="auto" className="min-w-0 font-medium wrap-anywhere">
						{name}
					</span>
					<span className="min-w-0 text-[12px]/4 text-ink-3 wrap-anywhere">{t("into", { name: collection })}</span>
				</p>
				<div className="mt-0.5 flex flex-wrap items-start gap-x-2">
					<Status tone={tone}>{state}</Status>
					{why && <span className="min-w-0 text-[13px]/5 text-ink-2 wrap-anywhere">{worded(why)}</span>}
				</div>
				{unread.length > 0 && skipped > 0 && (
					<details className="mt-1 text-[12px]/5 text-ink-2">
						<summary className="w-max max-w-full cursor-pointer text-ink-3">{t("unread", { n: skipped })}</summary>
						<ul className="mt-1 grid gap-1">
							{unread.map(({ path, why: reason }) => (
								<li key={path} className="wrap-anywhere">
									<span className="font-mono">{path}</span> {worded(reason)}
								</li>
							))}
							{skipped > unread.length && (
								<li className="text-ink-3">{t("andMore", { n: skipped - unread.length })}</li>
							)}
						</ul>
					</details>
				)}
			</div>
			<div className="flex gap-1">
				{onRetry && (
					<Button size="sm" aria-label={t("retryOf", { name })} onClick={onRetry}>
						<RotateCcw {...ICON} />
						{t("retry")}
					</Button>
				)}
				{onDismiss && (
					<Button
						variant="ghost"
						size="icon-sm"
						aria-label={t("dismissOf", { name })}
						title={t("dismiss")}
						onClick={onDismiss}
					>
						<X {...ICON} />
					</Button>
				)}
			</div>
		</li>
	);
}
