"use client";
import { GitFork, TriangleAlert, X } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { InkLink } from "@/components/ui/ink-link";

type Props = { problem: string | undefined; started: readonly string[]; onClose(): void };

/** What became of forks that were started without a dialog: why none began, or where several of them are. */
export function ForkNote({ problem, started, onClose }: Props) {
	const t = useTranslations("fork");
	if (!problem && started.length === 0) return;
	return (
		<div
			role={problem ? "alert" : "status"}
			className="fixed bottom-5 left-1/2 z-40 flex w-max max-w-[min(640px,calc(100vw-32px))] -translate-x-1/2 items-start gap-2.5 rounded-[10px] border border-line-2 bg-surface py-2 pr-2 pl-3.5 text-[13px]/5 shadow-float"
		>
			{problem ? (
				<TriangleAlert size={14} strokeWidth={1.75} className="mt-1 flex-none text-error" aria-hidden="true" />
			) : (
				<GitFork size={14} strokeWidth={1.75} className="mt-1 flex-none text-ink-3" aria-hidden="true" />
			)}
			<p className="min-w-0 py-0.5 [overflow-wrap:anywhere]">
				{problem ?? (
					<>
						{t("startedRuns", { n: started.length })}{" "}
						{started.map((id, index) => (
							<span key={id}>
								<InkLink href={`/runs/${id}` as Route}>{t("sample", { n: index + 1 })}</InkLink>{" "}
							</span>
						))}
					</>
				)}
			</p>
			<Button variant="ghost" size="icon-sm" aria-label={t("close")} onClick={onClose}>
				<X size={14} strokeWidth={1.5} aria-hidden="true" />
			</Button>
		</div>
	);
}
