"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Problem } from "@/components/ui/problem";
import type { SettingState, SettingVariable } from "@/lib/trajectory/settings-view";
import { SettingField } from "./setting-field";
import type { SettingsDoors } from "./settings-doors";
import { useSettingsForm } from "./use-settings-form";

type Props = {
	states: readonly SettingState[];
	keepsSecrets: boolean;
	doors: SettingsDoors;
	onSaved?: (() => void) | undefined;
	/** Stands beside the button that saves. */
	beside?: ReactNode;
};

/** What stands below is of a service elsewhere. */
const BEGINS_PART: SettingVariable = "E2B_API_KEY";
const RULED_OFF = "col-span-full mt-1 min-w-0 border-t border-line pt-4";

/** The fields of a section and the button that saves them together. */
export function SectionForm({ states, keepsSecrets, doors, onSaved, beside }: Props) {
	const t = useTranslations("settings");
	const form = useSettingsForm(states, doors.save, onSaved);
	const { outcome } = form;
	const canChange = states.some(({ lockedBy }) => lockedBy === undefined);
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				if (form.isChanged) form.submit();
			}}
		>
			<div className="grid grid-cols-2 gap-x-6 gap-y-4 max-desk:grid-cols-1">
				{states.map((state) => (
					<div key={state.variable} className={state.variable === BEGINS_PART ? RULED_OFF : "min-w-0"}>
						<SettingField
							state={state}
							keepsSecrets={keepsSecrets}
							draft={form.drafts[state.variable]}
							problem={form.problems[state.variable]}
							onChange={(text) => form.write(state.variable, text)}
							onTakeBack={() => form.takeBack(state.variable)}
						/>
					</div>
				))}
			</div>
			<div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2">
				{canChange && (
					<Button type="submit" variant={form.isChanged ? "ink" : "default"} disabled={!form.isChanged}>
						{t(form.isSaving ? "saving" : "save")}
					</Button>
				)}
				{beside}
				<p role="status" className="text-[13px]/5 text-ink-2 empty:hidden">
					{outcome.kind === "saved" && <SavedWords dropped={outcome.dropped} />}
				</p>
			</div>
			<Problem text={outcome.kind === "lost" ? t("lost") : undefined} />
		</form>
	);
}

function SavedWords({ dropped }: { dropped: readonly SettingVariable[] }) {
	const t = useTranslations("settings");
	const names = dropped.map((variable) => t(`fields.${variable}`)).join(", ");
	return (
		<>
			{t("saved")} {names && t("dropped", { names })}
		</>
	);
}
