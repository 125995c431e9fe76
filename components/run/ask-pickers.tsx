"use client";
import { useTranslations } from "next-intl";
import { MultiSelect, Select } from "@/components/ui/select";
import type { AskSetUp, PresetChoice } from "./ask-set-up";

const LABEL = "mb-1.5 block text-[12px]/4 text-ink-3";

type PresetProps = { presets: PresetChoice[]; value: string; onChange: (id: string) => void };

/** The presets, those that cannot run here with the reason. */
export function PresetPicker({ presets, value, onChange }: PresetProps) {
	const t = useTranslations("ask");
	const options = presets.map(({ id, detail, available, why }) => ({
		value: id,
		label: id,
		detail: available ? detail : (why ?? detail),
		disabled: !available,
	}));
	return (
		<div className="min-w-0">
			<span className={LABEL}>{t("preset")}</span>
			<Select label={t("preset")} options={options} value={value} onChange={onChange}>
				{value} <span className="text-ink-3">· {presets.find(({ id }) => id === value)?.detail}</span>
			</Select>
		</div>
	);
}

type CollectionProps = Pick<AskSetUp, "collections" | "web"> & { value: string[]; onChange: (names: string[]) => void };

/** Where the run may look: the web when a search is set up, and any of the library's collections. */
export function CollectionPicker({ collections, web, value, onChange }: CollectionProps) {
	const t = useTranslations("ask");
	const options = collections.map(({ name, documents }) => ({
		value: name,
		label: name,
		detail: t("documents", { count: documents }),
	}));
	const chosen = t("ofCollections", { n: value.length, total: collections.length });
	return (
		<div className="min-w-0">
			<span className={LABEL}>{t("where")}</span>
			<MultiSelect label={t("where")} options={options} value={value} onChange={onChange}>
				{web ? t("webAnd", { collections: chosen }) : chosen}
			</MultiSelect>
		</div>
	);
}
