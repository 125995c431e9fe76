"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Segmented } from "@/components/ui/segmented";
import { COMPARED, type ContextView, samePolicy } from "@/lib/trajectory/context-view";
import type { Retention } from "@/lib/trajectory/settings";
import { ContextBar } from "./context-bar";
import { ContextFacts } from "./context-facts";
import { ContextList } from "./context-list";
import { type ContextPlace, useContextPlace, useContextView } from "./use-context-view";
import { usePolicyName } from "./use-policy-name";
import { useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

type Show = "whole" | "change";

/** Exactly what the model saw at the turn under the cursor, message by message, and what it did not see. */
export function ContextTab() {
	const t = useTranslations("context");
	const place = useContextPlace();
	const [retention, setRetention] = useState<Retention>();
	const [isWhole, setWhole] = useState(false);
	const { context, error, isLoading } = useContextView({ turn: place?.turn, retention, whole: isWhole });
	if (!place || (!context && !error)) {
		return <div className="p-6">{place ? <p className="text-ink-3">{t("opening")}</p> : <Nothing />}</div>;
	}
	return (
		<div className="desk:grid desk:h-full desk:min-h-0 desk:grid-cols-[minmax(0,1fr)_minmax(300px,392px)]">
			<section className="flex min-h-0 min-w-0 flex-col" aria-label={t("name")} aria-busy={isLoading}>
				<Head place={place} context={context} />
				{error && <p className="px-6 py-4 text-error max-desk:px-4">{error}</p>}
				{context && (
					<Request context={context} retention={retention} onRetention={setRetention} onWhole={() => setWhole(true)} />
				)}
			</section>
			{context && <ContextFacts context={context} />}
		</div>
	);
}

function Nothing() {
	const t = useTranslations("context");
	return <EmptyState title={t("nothing")}>{t("nothingDetail")}</EmptyState>;
}

function Head({ place, context }: { place: ContextPlace; context: ContextView | undefined }) {
	const t = useTranslations("context");
	const { count, percent } = useRunWords();
	const { select } = useRunPage();
	const icon = { size: 16, strokeWidth: 1.5, "aria-hidden": true } as const;
	const arrow = (index: number | undefined, label: string, glyph: React.ReactNode) => (
		<Button
			variant="ghost"
			size="icon-sm"
			aria-label={label}
			title={label}
			disabled={index === undefined}
			onClick={() => select(index)}
		>
			{glyph}
		</Button>
	);
	return (
		<div className="border-b border-line px-6 pt-4 pb-3.5 max-desk:px-4">
			<div className="mb-2.5 flex flex-wrap items-center gap-x-2.5 gap-y-1">
				<h2 className="text-[14px]/5 font-semibold">
					{context ? t(titleOf(context), { n: context.call ?? context.turn }) : t("name")}
				</h2>
				<span className="flex">
					{arrow(place.previous, t("previous"), <ChevronLeft {...icon} />)}
					{arrow(place.next, t("next"), <ChevronRight {...icon} />)}
				</span>
				{context && (
					<span className="ml-auto text-[12px]/4 tabular-nums text-ink-3">
						{t(context.tokens.estimated ? "fillEstimated" : "fill", {
							tokens: count(context.tokens.total),
							window: count(context.tokens.window),
							share: percent(context.tokens.total / context.tokens.window),
						})}
					</span>
				)}
			</div>
			{context && <ContextBar tokens={context.tokens} />}
		</div>
	);
}

function titleOf({ purpose, isSupposed, call }: ContextView) {
	if (purpose === "answer") return "sawAtAnswer";
	if (purpose === "failure_summary") return "sawAtSummary";
	if (call === undefined) return "sawAtTurn";
	return isSupposed ? "wouldHaveSeen" : "sawAtCall";
}

type RequestProps = {
	context: ContextView;
	retention: Retention | undefined;
	onRetention(retention: Retention | undefined): void;
	onWhole(): void;
};

function Request({ context, retention, onRetention, onWhole }: RequestProps) {
	const t = useTranslations("context");
	const policyName = usePolicyName();
	const [show, setShow] = useState<Show>("whole");
	const sent = context.policies[0]?.retention;
	const others = COMPARED.filter((other) => sent && !samePolicy(other, sent));
	const shown = show === "change" && context.since ? "change" : "whole";
	return (
		<>
			<div className="flex flex-wrap items-center gap-3 border-b border-line px-6 py-2.5 max-desk:px-4">
				{context.since && (
					<Segmented<Show>
						label={t("show")}
						value={shown}
						options={[
							{ value: "whole", label: t("wholeRequest") },
							{ value: "change", label: t("difference", { n: context.since.call ?? context.since.turn }) },
						]}
						onChange={setShow}
					/>
				)}
				<div className="max-w-full overflow-x-auto">
					<Segmented
						label={t("policy")}
						value={retention ? String(others.findIndex((other) => samePolicy(other, retention))) : "sent"}
						options={[
							{ value: "sent", label: t("asSent") },
							...others.map((other, at) => ({ value: String(at), label: policyName(other) })),
						]}
						onChange={(value) => onRetention(value === "sent" ? undefined : others[Number(value)])}
					/>
				</div>
				<span className="ml-auto text-[12px]/4 tabular-nums text-ink-3">{t("messages", { n: context.count })}</span>
			</div>
			{context.isSupposed && (
				<p className="border-b border-line bg-warn-tint px-6 py-2 text-[13px]/5 max-desk:px-4">{t("supposed")}</p>
			)}
			<ContextList context={context} onlyChange={shown === "change"} retention={retention} onWhole={onWhole} />
		</>
	);
}
