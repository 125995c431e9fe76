"use client";
import { useTranslations } from "next-intl";
import { TextArea } from "@/components/ui/field";
import type { ToolSpec } from "@/lib/trajectory/settings";
import { argumentFacts, type ForkDraft } from "./fork-draft";
import { useRunWords } from "./use-run-words";

type Common = { draft: ForkDraft; onChange(part: Partial<ForkDraft>): void; problem: string | undefined };

/** Thought and arguments: what the model would have written. */
export function ReplyFields({ draft, onChange, problem, schema }: Common & { schema: ToolSpec["schema"] }) {
	const t = useTranslations("fork");
	return (
		<>
			<TextArea
				label={t("thought")}
				value={draft.thought}
				onChange={(thought) => onChange({ thought })}
				className="text-[14px]/[21px]"
			/>
			<div>
				<TextArea
					mono
					label={t("arguments")}
					error={problem}
					value={draft.args}
					onChange={(args) => onChange({ args })}
					spellCheck={false}
				/>
				<Schema schema={schema} />
			</div>
		</>
	);
}

/** The arguments this tool takes. */
function Schema({ schema }: { schema: ToolSpec["schema"] }) {
	const t = useTranslations("fork");
	const facts = argumentFacts(schema);
	if (facts.length === 0) return;
	return (
		<dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-[12px]/[18px] text-ink-3">
			{facts.map(({ name, type, isRequired, detail }) => (
				<div key={name} className="contents">
					<dt className="font-mono text-ink-2">{name}</dt>
					<dd className="line-clamp-2" title={detail}>
						{[type, isRequired ? t("required") : t("optional"), detail].filter(Boolean).join(" · ")}
					</dd>
				</div>
			))}
		</dl>
	);
}

/** The text that the model reads instead of what the tool returned. */
export function ResultField({ draft, onChange, problem, isWhole }: Common & { isWhole: boolean }) {
	const t = useTranslations("fork");
	const { t: words, count } = useRunWords();
	return (
		<TextArea
			mono
			label={t("result")}
			hint={isWhole ? words("characters", { n: count(draft.result.length) }) : t("loading")}
			error={problem}
			value={draft.result}
			onChange={(result) => onChange({ result })}
			disabled={!isWhole}
			spellCheck={false}
			className="min-h-40 text-[12.5px]/[19px]!"
		/>
	);
}
