"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { TextField } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import { Select } from "@/components/ui/select";
import type { ForkSetUp } from "./fork-actions";
import type { ForkDraft, ForkOriginal } from "./fork-draft";
import { SiteFields } from "./site-fields";
import { usePresetDetail } from "./use-preset-detail";
import { useNewest, useRunActions } from "./use-run";

type Props = {
	draft: ForkDraft;
	original: ForkOriginal;
	onChange(part: Partial<ForkDraft>): void;
	problemAt(field: string): string | undefined;
};

/** Tools that reach the web, and so can be bound to sites. */
const WEB_TOOLS = new Set(["google_search", "web_search", "read_page"]);
const KEPT = ["1", "3", "5", "10", "20"];

/** Preset, model, budget and retention from here on. */
export function ForkSettings({ draft, original, onChange, problemAt }: Props) {
	const t = useTranslations("fork");
	const needModel = useTranslations("ask.presets");
	const detail = usePresetDetail();
	const setUp = useForkSetUp();
	const { view } = useNewest();
	const isBuiltIn = (draft.preset === original.preset ? view.settings?.model.provider : undefined) === "extractive";
	const searchesWeb = view.settings?.tools.some(({ name }) => WEB_TOOLS.has(name)) ?? false;
	const presets = (setUp?.presets ?? []).map((preset) => ({
		value: preset.id,
		label: preset.id,
		detail: preset.available ? detail(preset) : needModel("needModel"),
		disabled: !preset.available,
	}));
	const own = original.model === "extractive" ? [] : [original.model];
	const models = [...new Set([...own, ...(setUp?.models ?? [])])].map((id) => ({ value: id, label: id }));
	const kept = [
		{ value: "same", label: t("retention.same") },
		{ value: "all", label: t("retention.all") },
		...KEPT.map((k) => ({ value: k, label: t("retention.last", { k: Number(k) }) })),
	];
	const same = { value: original.preset, label: original.preset };
	return (
		<section aria-labelledby="fork-settings" className="border-t border-line pt-3">
			<h3 id="fork-settings" className="mb-2 text-[13px]/5 font-medium">
				{t("settings")}
			</h3>
			<div className="grid grid-cols-2 gap-x-4 gap-y-3 max-desk:grid-cols-1">
				<Picked label={t("preset")} problem={problemAt("preset")}>
					<Select
						label={t("preset")}
						value={draft.preset}
						groups={[{ options: presets.length > 0 ? presets : [same] }]}
						onChange={(preset) => onChange({ preset })}
					>
						{draft.preset}
					</Select>
				</Picked>
				<TextField
					label={t("calls")}
					error={problemAt("calls")}
					inputMode="numeric"
					value={draft.calls}
					onChange={(calls) => onChange({ calls: calls.trim() })}
					className="tabular-nums"
				/>
				{!isBuiltIn && (
					<>
						<Picked label={t("model")} problem={problemAt("model")}>
							<Select
								label={t("model")}
								value={draft.model}
								groups={[{ options: models }]}
								onChange={(model) => onChange({ model })}
							>
								{models.some(({ value }) => value === draft.model) ? draft.model : t("anyModel")}
							</Select>
						</Picked>
						<Picked label={t("sees")} problem={problemAt("retention")}>
							<Select
								label={t("sees")}
								value={draft.retention}
								groups={[{ options: kept }]}
								onChange={(retention) => onChange({ retention })}
							>
								{kept.find(({ value }) => value === draft.retention)?.label}
							</Select>
						</Picked>
					</>
				)}
				{searchesWeb && <SiteFields sites={draft} onChange={onChange} problemAt={problemAt} />}
				{isBuiltIn && <Problem text={problemAt("model")} />}
			</div>
		</section>
	);
}

const Picked = ({ label, problem, children }: { label: string; problem: string | undefined; children: ReactNode }) => (
	<div className="min-w-0">
		<span className="mb-1 block text-[12px]/4 text-ink-3" aria-hidden="true">
			{label}
		</span>
		{children}
		<Problem text={problem} />
	</div>
);

/** What can be chosen here; undefined until the server has told. */
function useForkSetUp(): ForkSetUp | undefined {
	const actions = useRunActions();
	const [setUp, setSetUp] = useState<ForkSetUp>();
	useEffect(() => {
		let isHere = true;
		void actions.forkSetUp().then((found) => isHere && setSetUp(found));
		return () => {
			isHere = false;
		};
	}, [actions]);
	return setUp;
}
