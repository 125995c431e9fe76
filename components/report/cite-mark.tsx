"use client";
import { Popover } from "@base-ui/react/popover";
import { useTranslations } from "next-intl";
import { use, useMemo, useRef, useState } from "react";
import { addressLabel, hostLabel } from "@/components/run/row-facts";
import { TextLink } from "@/components/run/show-more";
import { ToolGlyph } from "@/components/run/tool-glyph";
import { useRunDesk } from "@/components/run/use-run";
import { useRunPage } from "@/components/run/use-run-page";
import { cn } from "@/components/ui/cn";
import type { Citation } from "@/lib/trajectory/report";
import type { SourceView } from "@/lib/trajectory/source-view";
import { farKey } from "./far";
import { findPassage } from "./passage";
import { CitedPassage } from "./passage-view";
import { useSourceText } from "./use-source-text";
import { SupportContext } from "./use-support";

/** A citation in the text: its number, and on demand the passage it rests on. */
export function CiteMark({ citation, claims }: { citation: Citation; claims: readonly string[] }) {
	const t = useTranslations("report");
	const [isOpen, setOpen] = useState(false);
	const isFar = use(SupportContext).far.has(farKey(citation.n, claims));
	const button = useRef<HTMLButtonElement>(null);
	/** The focus goes back to the citation first, so that what opens next returns it there. */
	const leave = () => {
		setOpen(false);
		button.current?.focus();
	};
	return (
		<Popover.Root open={isOpen} onOpenChange={setOpen}>
			<Popover.Trigger
				ref={button}
				openOnHover
				delay={250}
				closeDelay={120}
				aria-label={t(isFar ? "farCitation" : "citation", { n: citation.n, title: citation.title })}
				className={cn(
					"mx-0.5 cursor-pointer rounded-[4px] border bg-surface px-[5px] py-px align-[3px] text-[11px]/4 font-medium whitespace-nowrap tabular-nums text-ink-2 hover:border-ink hover:text-ink data-[popup-open]:border-accent data-[popup-open]:bg-accent data-[popup-open]:text-accent-ink max-desk:px-2 max-desk:py-0.5",
					isFar ? "border-dashed border-warn" : "border-line-2",
				)}
			>
				{citation.n}
			</Popover.Trigger>
			<Popover.Portal>
				<Popover.Positioner sideOffset={8} collisionPadding={16} className="z-40">
					<Popover.Popup
						initialFocus={false}
						className="w-[440px] max-w-[calc(100vw-32px)] overflow-hidden rounded-[10px] border border-line-2 bg-surface text-[13px]/5 shadow-float outline-none"
					>
						<Preview citation={citation} claims={claims} onLeave={leave} />
					</Popover.Popup>
				</Popover.Positioner>
			</Popover.Portal>
		</Popover.Root>
	);
}

type PreviewProps = { citation: Citation; claims: readonly string[]; onLeave(): void };

function Preview({ citation, claims, onLeave }: PreviewProps) {
	const { store } = useRunDesk();
	const { openSource, goToCall, openTab } = useRunPage();
	const t = useTranslations("report");
	const source = store.view.sources.get(citation.url);
	const goTo = (n: number) => {
		onLeave();
		openTab("timeline");
		goToCall(n);
	};
	return (
		<>
			<div className="px-3.5 pt-3">
				<Popover.Title className="flex items-start gap-2 text-[13px]/5 font-semibold">
					<ToolGlyph glyph="read" />
					<span className="min-w-0 [overflow-wrap:anywhere]">{citation.title || addressLabel(citation.url)}</span>
				</Popover.Title>
				<p className="truncate pl-7 text-ink-3">{hostLabel(citation.url)}</p>
				{source && <NearestPassage source={source} claims={claims} />}
			</div>
			<div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-3.5 py-2.5">
				{source?.openedCall !== undefined && (
					<TextLink onClick={() => goTo(source.openedCall ?? 0)}>{t("readAt", { n: source.openedCall })}</TextLink>
				)}
				{source?.query !== undefined && (
					<TextLink onClick={() => goTo(source.firstCall)}>{t("foundBy", { n: source.firstCall })}</TextLink>
				)}
				<span className="flex-1" />
				<TextLink
					onClick={() => {
						onLeave();
						openSource(citation.url, claims);
					}}
				>
					{t("openAsRead")}
				</TextLink>
			</div>
		</>
	);
}

function NearestPassage({ source, claims }: { source: SourceView; claims: readonly string[] }) {
	const t = useTranslations("report");
	const { text, error } = useSourceText(source);
	const passage = useMemo(() => (text === undefined ? undefined : findPassage(text, claims)), [text, claims]);
	if (error) return <p className="mt-2 text-[12px]/4 text-error">{error}</p>;
	return (
		<div className="mt-2.5 max-h-[220px] min-h-14 overflow-y-auto rounded-md bg-sunk px-3 py-2.5 text-ink-2">
			{passage ? <CitedPassage passage={passage} /> : <span className="text-ink-3">{t("loadingPassage")}</span>}
			{passage && !passage.isClose && <p className="mt-1.5 text-[12px]/4 text-ink-3">{t("noNearSentence")}</p>}
		</div>
	);
}
