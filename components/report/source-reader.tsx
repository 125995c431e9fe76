"use client";
import { Dialog } from "@base-ui/react/dialog";
import { ExternalLink, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { addressLabel } from "@/components/run/row-facts";
import { ShowMore, TextLink } from "@/components/run/show-more";
import { useRunDesk } from "@/components/run/use-run";
import { type OpenedSource, useRunPage } from "@/components/run/use-run-page";
import { Button } from "@/components/ui/button";
import type { SourceView } from "@/lib/trajectory/source-view";
import { markedParts } from "./marked-parts";
import { useSourceText } from "./use-source-text";

/** A source's text exactly as the run read it, with the passage of a claim marked. */
export function SourceReader({ opened, onClose }: { opened: OpenedSource | undefined; onClose(): void }) {
	const { store } = useRunDesk();
	const source = opened && store.view.sources.get(opened.url);
	return (
		<Dialog.Root open={source !== undefined} onOpenChange={(open) => !open && onClose()}>
			<Dialog.Portal>
				<Dialog.Backdrop className="fixed inset-0 z-40 bg-ink/20 dark:bg-black/50" />
				<Dialog.Popup className="fixed inset-y-0 right-0 z-50 flex w-[min(720px,100vw)] flex-col border-l border-line-2 bg-surface shadow-float outline-none">
					{source && <Reader source={source} claims={opened.claims} />}
				</Dialog.Popup>
			</Dialog.Portal>
		</Dialog.Root>
	);
}

function Reader({ source, claims }: { source: SourceView; claims: readonly string[] }) {
	const t = useTranslations("report");
	const { goToCall, openTab, openSource } = useRunPage();
	const body = useSourceText(source);
	const { openedCall, url } = source;
	return (
		<>
			<header className="flex items-start gap-3 border-b border-line py-3 pr-3 pl-6 max-desk:pl-4">
				<div className="min-w-0 flex-1">
					<Dialog.Title className="text-[17px]/6 font-semibold [overflow-wrap:anywhere]">
						{source.title || addressLabel(url)}
					</Dialog.Title>
					<p className="flex flex-wrap items-center gap-x-3 text-[12px]/5 text-ink-3">
						<Address url={url} />
						{source.date && <span>{source.date}</span>}
						{openedCall !== undefined && (
							<TextLink
								onClick={() => {
									openSource("");
									openTab("timeline");
									goToCall(openedCall);
								}}
							>
								{t("readAt", { n: openedCall })}
							</TextLink>
						)}
					</p>
				</div>
				<Dialog.Close render={<Button variant="ghost" size="icon" aria-label={t("close")} />}>
					<X size={16} strokeWidth={1.5} aria-hidden="true" />
				</Dialog.Close>
			</header>
			<div className="min-h-0 flex-1 overflow-y-auto px-6 py-4 max-desk:px-4">
				{body.text === undefined && !body.error && <p className="text-ink-3">{t("loadingPassage")}</p>}
				{body.text !== undefined && <Text text={body.text} claims={claims} />}
				<ShowMore body={body} />
			</div>
		</>
	);
}

/** Library documents have no address that a browser could open. */
function Address({ url }: { url: string }) {
	if (!/^https?:/i.test(url)) return <span className="[overflow-wrap:anywhere]">{addressLabel(url)}</span>;
	return (
		<a
			href={url}
			target="_blank"
			rel="noopener noreferrer nofollow ugc"
			className="inline-flex min-w-0 items-center gap-1 underline decoration-line-2 underline-offset-[3px] [overflow-wrap:anywhere] hover:decoration-ink"
		>
			{addressLabel(url)}
			<ExternalLink size={12} strokeWidth={1.5} aria-hidden="true" className="flex-none" />
		</a>
	);
}

/** The text as it is, without formatting; the nearest sentences are marked and brought into view. */
function Text({ text, claims }: { text: string; claims: readonly string[] }) {
	const first = useRef<HTMLElement>(null);
	const parts = useMemo(() => markedParts(text, claims), [text, claims]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: once for each claim, not for each part that is loaded.
	useEffect(() => {
		void first.current?.scrollIntoView({ block: "center" });
	}, [claims]);
	const firstHit = parts.find(({ isHit }) => isHit);
	return (
		<div className="text-[14px]/[22px] whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
			{parts.map((part) =>
				part.isHit ? (
					<mark
						key={part.start}
						ref={part === firstHit ? first : undefined}
						className="rounded-[2px] bg-mark px-px text-ink"
					>
						{part.text}
					</mark>
				) : (
					<span key={part.start}>{part.text}</span>
				),
			)}
		</div>
	);
}
