"use client";
import { Check, Hand, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Problem } from "@/components/ui/problem";
import type { CallRow } from "@/lib/trajectory/row";
import { Facts } from "./inspector-section";
import { plain } from "./row-facts";
import { NO, useDecision, YES } from "./use-decision";
import { useRunPage } from "./use-run-page";
import { useRunWords } from "./use-run-words";

const ICON = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

/** The call that waits for a person's word, with all it would be run with, and the ways to answer. */
export function AskedCall({ row }: { row: CallRow }) {
	const t = useTranslations("approval");
	const { count } = useRunWords();
	const { goToCall } = useRunPage();
	const { decide, note, setNote, isBusy, problem } = useDecision(row);
	const { name, args } = row.call;
	const n = row.n;
	return (
		<section
			aria-label={t("title", { name })}
			className="border-t border-warn bg-surface px-4 py-3 max-desk:sticky max-desk:bottom-0 max-desk:z-7 desk:px-6"
		>
			<div className="mb-2 flex items-center gap-2 text-[14px]/5">
				<Hand size={16} strokeWidth={1.75} className="flex-none text-warn" aria-hidden="true" />
				<h2 className="min-w-0 truncate font-semibold">
					{t.rich("asks", { name, code: (words) => <code className="font-mono text-[13px]">{words}</code> })}
				</h2>
				{n !== undefined && (
					<button
						type="button"
						onClick={() => goToCall(n)}
						className="flex-none cursor-pointer text-[12px]/4 text-ink-3 underline decoration-line-2 underline-offset-[3px] hover:text-ink"
					>
						{t("call", { n: count(n) })}
					</button>
				)}
			</div>
			<div className="mb-2.5 max-h-[24dvh] overflow-y-auto rounded-md bg-sunk px-3 py-2">
				<Facts
					facts={Object.entries(args).map(
						([key, value]) =>
							[
								key,
								<span key={key} className="font-mono text-[12.5px]/5 whitespace-pre-wrap [overflow-wrap:anywhere]">
									{plain(value)}
								</span>,
							] as const,
					)}
				/>
			</div>
			<div className="flex flex-wrap items-center gap-1.5">
				<Button variant="ink" disabled={isBusy} onClick={() => decide(true)}>
					<Check {...ICON} />
					{t("allow")}
					<KeyCap>{YES}</KeyCap>
				</Button>
				<Button disabled={isBusy} onClick={() => decide(true, true)}>
					{t("allowFurther", { name })}
				</Button>
				<div className="ml-auto flex min-w-0 flex-[0_1_360px] gap-1.5 max-desk:flex-[1_1_100%]">
					<input
						value={note}
						onChange={(event) => setNote(event.currentTarget.value)}
						onKeyDown={(event) => {
							if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
							event.preventDefault();
							decide(false);
						}}
						maxLength={2000}
						aria-label={t("note")}
						placeholder={t("note")}
						className="h-8 min-w-0 flex-1 rounded-md border border-line-2 bg-surface px-2.5 text-[13px] outline-none focus:border-ink-3 max-desk:h-10 max-desk:text-[16px]"
					/>
					<Button variant="danger" disabled={isBusy} onClick={() => decide(false)}>
						<X {...ICON} />
						{t("refuse")}
						<KeyCap>{NO}</KeyCap>
					</Button>
				</div>
			</div>
			<Problem text={problem} />
		</section>
	);
}

const KeyCap = ({ children }: { children: string }) => (
	<span className="inline-flex pointer-coarse:hidden" aria-hidden="true">
		<Kbd>{children}</Kbd>
	</span>
);
