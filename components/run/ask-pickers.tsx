"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Segmented } from "@/components/ui/segmented";
import { MultiSelect, Select } from "@/components/ui/select";
import { AskRefusal, type Field, type Refusal } from "./ask-refusal";
import {
	type AskChoice,
	type AskSetUp,
	depthOf,
	mayUseMore,
	mcpAsking,
	type PresetChoice,
	toolsOf,
} from "./ask-set-up";
import { DepthPicker } from "./depth-picker";
import { MoreTools, useMoreSaid } from "./more-tools";
import { ToolPicker } from "./tool-picker";
import { usePresetDetail } from "./use-preset-detail";

type Props = {
	setUp: AskSetUp;
	choice: AskChoice;
	onChange: (part: Partial<AskChoice>) => void;
	refusal: Refusal | undefined;
};

/** All that is chosen besides the question: preset, kind of answer, places, what more it may use, depth. */
export function AskPickers({ setUp, choice, onChange, refusal }: Props) {
	const t = useTranslations("ask");
	const mayMore = mayUseMore(choice.preset, setUp.presets);
	const moreSaid = useMoreSaid(setUp, choice);
	return (
		<>
			<div className="grid grid-cols-[minmax(0,1.25fr)_auto_minmax(0,1fr)_minmax(0,0.8fr)] items-start gap-4 px-5 pt-2 pb-4 max-desk:grid-cols-1 max-desk:gap-3 max-desk:px-3.5">
				<Labelled label={t("preset")} field="preset" refusal={refusal}>
					<PresetPicker presets={setUp.presets} value={choice.preset} onChange={(preset) => onChange({ preset })} />
				</Labelled>
				<Labelled label={t("answer")}>
					<Segmented
						label={t("answer")}
						value={choice.answerMode}
						onChange={(answerMode) => onChange({ answerMode })}
						options={[
							{ value: "report", label: t("report") },
							{ value: "boxed", label: t("boxed") },
						]}
					/>
				</Labelled>
				<Labelled label={t("where")} field="collections" refusal={refusal}>
					<PlacePicker
						collections={setUp.collections}
						web={setUp.web}
						value={choice.collections}
						onChange={(collections) => onChange({ collections })}
					/>
				</Labelled>
				<Labelled label={t("tools")} field="withoutTools" refusal={refusal}>
					<ToolPicker
						tools={toolsOf(choice, setUp.presets)}
						choice={choice}
						onChange={onChange}
						more={mayMore && <MoreTools setUp={setUp} choice={choice} onChange={onChange} />}
						moreSaid={mayMore ? moreSaid : ""}
						moreAsking={mcpAsking(choice, setUp).length}
					/>
					<AskRefusal refusal={refusal} of="mcp" className="mt-1.5" />
					<AskRefusal refusal={refusal} of="onlySites" className="mt-1.5" />
					<AskRefusal refusal={refusal} of="neverSites" className="mt-1.5" />
				</Labelled>
			</div>
			<AskRefusal refusal={refusal} of="maxCalls" className="px-5 pb-3" />
			<DepthPicker value={depthOf(choice, setUp.presets)} onChange={(depth) => onChange({ depth })} />
		</>
	);
}

type LabelledProps = { label: string; field?: Field; refusal?: Refusal | undefined; children: ReactNode };

const Labelled = ({ label, field, refusal, children }: LabelledProps) => (
	<div className="min-w-0">
		<span className="mb-1.5 block text-[12px]/4 text-ink-3" aria-hidden="true">
			{label}
		</span>
		{children}
		{field && <AskRefusal refusal={refusal} of={field} className="mt-1.5" />}
	</div>
);

type PresetProps = { presets: PresetChoice[]; value: string; onChange: (id: string) => void };

/** The presets that can run here, then those that cannot, under what they lack. */
function PresetPicker({ presets, value, onChange }: PresetProps) {
	const t = useTranslations("ask");
	const detail = usePresetDetail();
	const chosen = presets.find(({ id }) => id === value);
	const choices = (offered: boolean) =>
		presets
			.filter(({ available }) => available === offered)
			.map((preset) => ({ value: preset.id, label: preset.id, detail: detail(preset), disabled: !offered }));
	const lacking = choices(false);
	const groups = [
		{ label: t("canRun"), options: choices(true) },
		...(lacking.length > 0 ? [{ label: t("presets.needModel"), options: lacking }] : []),
	];
	return (
		<Select label={t("preset")} groups={groups} value={value} onChange={onChange}>
			{value} {chosen && <span className="text-ink-3">· {detail(chosen)}</span>}
		</Select>
	);
}

const WEB = "web:";

type PlaceProps = Pick<AskSetUp, "collections" | "web"> & { value: string[]; onChange: (names: string[]) => void };

/** Where the run may look: the web, always when a search is set up, and any of the library's collections. */
function PlacePicker({ collections, web, value, onChange }: PlaceProps) {
	const t = useTranslations("ask");
	const shelves = {
		label: collections.length > 0 ? t("collections") : t("noCollections"),
		options: collections.map(({ name, documents }) => ({
			value: name,
			label: name,
			detail: t("documents", { count: documents }),
		})),
	};
	const isOnWeb = web.length > 0;
	const detail = t("webDetail", { names: web.join(", ") });
	const groups = isOnWeb
		? [{ options: [{ value: WEB, label: t("web"), detail, disabled: true }] }, shelves]
		: [shelves];
	const chosen = t("ofCollections", { n: value.length, total: collections.length });
	const onWeb = value.length > 0 ? t("webAnd", { collections: chosen }) : t("webOnly");
	const nowhere = value.length > 0 ? chosen : t("nowhere");
	return (
		<MultiSelect
			label={t("where")}
			groups={groups}
			value={isOnWeb ? [WEB, ...value] : value}
			onChange={(names) => onChange(names.filter((name) => name !== WEB))}
		>
			{isOnWeb ? onWeb : nowhere}
		</MultiSelect>
	);
}
