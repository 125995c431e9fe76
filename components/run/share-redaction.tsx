"use client";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { TextField } from "@/components/ui/field";
import { SHAPED_KINDS } from "@/lib/trajectory/redaction-kinds";

export type RedactionDraft = { kinds: readonly (typeof SHAPED_KINDS)[number][]; words: string };

type Props = { draft: RedactionDraft; onDraft(draft: RedactionDraft): void };

/** What is taken out of everything that leaves. */
export function ShareRedaction({ draft, onDraft }: Props) {
	const t = useTranslations("sharing");
	const turn = (kind: (typeof SHAPED_KINDS)[number], isOn: boolean) => {
		const kinds = SHAPED_KINDS.filter((each) => (each === kind ? isOn : draft.kinds.includes(each)));
		onDraft({ ...draft, kinds });
	};
	return (
		<fieldset>
			<legend className="mb-2 text-[13px]/5 font-medium">{t("takeOut")}</legend>
			<div className="grid grid-cols-2 gap-x-4 gap-y-2 max-desk:grid-cols-1">
				{SHAPED_KINDS.map((kind) => (
					<Checkbox key={kind} checked={draft.kinds.includes(kind)} onChange={(isOn) => turn(kind, isOn)}>
						{t(`kinds.${kind}`)}
					</Checkbox>
				))}
			</div>
			<div className="mt-3">
				<TextField
					label={t("words")}
					hint={t("wordsHint")}
					value={draft.words}
					maxLength={2000}
					onChange={(words) => onDraft({ ...draft, words })}
				/>
			</div>
		</fieldset>
	);
}
