"use client";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useForkDesk } from "./fork-desk";
import { useNewest, useRunDesk } from "./use-run";

const Segmented = lazy(async () => ({ default: (await import("@/components/ui/segmented")).Segmented<string> }));

const SAMPLES = ["1", "2", "3", "5", "8"];

/** The same question with the same settings, once or several times: how much do the answers differ? */
export function AgainDialog({ open, onClose }: { open: boolean; onClose(): void }) {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const { view } = useNewest();
	const { start } = useForkDesk();
	const [samples, setSamples] = useState("1");
	const isSame = view.settings?.model.provider === "extractive";
	return (
		<Dialog
			open={open}
			onClose={onClose}
			title={t("again")}
			closeLabel={t("close")}
			actions={
				<>
					<Button onClick={onClose}>{t("cancel")}</Button>
					<Button
						variant="primary"
						onClick={() => {
							onClose();
							start({ kind: "again", samples: Number(samples) });
						}}
					>
						{t("startRuns", { n: Number(samples) })}
					</Button>
				</>
			}
		>
			<p className="mb-3 text-ink-2 [overflow-wrap:anywhere]">{store.summary.question}</p>
			<Suspense fallback={<div className="h-8" />}>
				<Segmented
					label={t("samples")}
					value={samples}
					onChange={setSamples}
					options={SAMPLES.map((value) => ({ value, label: `×${value}` }))}
				/>
			</Suspense>
			<p className="mt-3 text-[13px]/5 text-ink-3">{isSame ? t("againSame") : t("againHint")}</p>
		</Dialog>
	);
}
