"use client";
import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { TextField } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useSentence } from "@/components/ui/use-sentence";
import type { SettingState } from "@/lib/trajectory/settings-view";

type Props = {
	state: SettingState;
	keepsSecrets: boolean;
	draft: string | undefined;
	problem: string | undefined;
	onChange(text: string): void;
	onTakeBack(): void;
};

/** One setting: its field, what it means, and where its value comes from. What the environment sets is read only. */
export function SettingField(props: Props) {
	const { problem } = props;
	const sentence = useSentence();
	return (
		<div className="min-w-0">
			<Control {...props} problem={problem && sentence(problem)} />
			<Origin {...props} />
		</div>
	);
}

function Control({ state, keepsSecrets, draft, problem, onChange }: Props) {
	const t = useTranslations("settings");
	const { variable, kind, value, usual, choices, lockedBy } = state;
	const label = t(`fields.${variable}`);
	const placeholder = usePlaceholder(state);
	if (kind === "choice" && lockedBy === undefined) {
		const chosen = draft ?? value;
		const usualName = usual ? t("usualIs", { value: usual }) : t("usual");
		return (
			<div>
				<p className="mb-1 text-[12px]/4 text-ink-3" aria-hidden="true">
					{label}
				</p>
				<Select
					label={label}
					value={chosen}
					onChange={onChange}
					groups={[
						{ options: [{ value: "", label: usualName }, ...choices.map((name) => ({ value: name, label: name }))] },
					]}
				>
					{chosen || usualName}
				</Select>
				<p className="mt-1 text-[12px]/4 text-ink-3">{t(`hints.${variable}`)}</p>
				{problem && (
					<p role="alert" className="mt-1 text-[12px]/4 text-error">
						{problem}
					</p>
				)}
			</div>
		);
	}
	const isSecret = kind === "secret";
	return (
		<TextField
			label={label}
			hint={t(`hints.${variable}`)}
			error={problem}
			value={draft ?? value}
			onChange={onChange}
			placeholder={placeholder}
			readOnly={lockedBy !== undefined}
			disabled={isSecret && lockedBy === undefined && !keepsSecrets}
			type={isSecret ? "password" : "text"}
			inputMode={kind === "number" ? "numeric" : undefined}
			autoComplete={isSecret ? "new-password" : "off"}
			spellCheck={false}
			mono={!isSecret && kind !== "number"}
			className={lockedBy === undefined ? "" : "bg-sunk! text-ink-2"}
		/>
	);
}

function usePlaceholder({ kind, from, usual, example, ending }: SettingState): string {
	const t = useTranslations("settings");
	if (kind !== "secret") return usual || t("example", { example });
	if (from === "environment") return t("secretOutside");
	if (from === "saved") return ending === undefined ? t("secretHere") : t("secretEnds", { ending });
	return t("secretUnset");
}

/** Where the value comes from, and the way back to what is usual. */
function Origin({ state: { variable, kind, from, lockedBy, unused }, keepsSecrets, onTakeBack }: Props) {
	const t = useTranslations("settings");
	const code = (words: React.ReactNode) => <code className="font-mono text-[11.5px]">{words}</code>;
	if (from === "environment") {
		const said = kind === "secret" ? "fromOutsideSecret" : "fromOutside";
		return (
			<p className="mt-1 flex gap-1.5 text-[12px]/4 text-ink-2">
				<Lock size={12} strokeWidth={1.75} className="mt-0.5 shrink-0" aria-hidden="true" />
				<span className="min-w-0 wrap-anywhere">{t.rich(said, { variable, code })}</span>
			</p>
		);
	}
	if (lockedBy !== undefined) {
		return <p className="mt-1 text-[12px]/4 text-ink-2">{t.rich("lockedBy", { key: lockedBy, variable, code })}</p>;
	}
	if (from === "saved") {
		return (
			<p className="mt-1 flex flex-wrap items-baseline gap-x-3 text-[12px]/4 text-ink-2">
				{unused ? <span className="text-warn">{t(`unused.${unused}`)}</span> : t("savedHere")}
				<button
					type="button"
					onClick={onTakeBack}
					aria-label={t(kind === "secret" ? "forgetOf" : "backOf", { name: t(`fields.${variable}`) })}
					className="rounded-sm underline decoration-line-3 underline-offset-2 hover:text-ink max-desk:py-2"
				>
					{t(kind === "secret" ? "forget" : "back")}
				</button>
			</p>
		);
	}
	if (kind === "secret" && !keepsSecrets) {
		return <p className="mt-1 text-[12px]/4 text-ink-2">{t.rich("noSettingsKey", { variable, code })}</p>;
	}
	return null;
}
