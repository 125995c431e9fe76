"use client";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { CALL_STATUSES, choicesOf, narrowings, ROW_MARKS, ROW_REMARKS, type RowFilter } from "./row-filter";
import { useLook } from "./use-look";
import { useRunView } from "./use-run";
import { useRunWords } from "./use-run-words";

const ANY = "any";
/** A list of domains longer than this is searched by typing its words into the find field instead. */
const MOST_DOMAINS = 60;

type Narrowing = Exclude<keyof RowFilter, "chips" | "range">;

/** The fields of the further filters; what is chosen counts at once. */
export function FilterFields() {
	const { t } = useRunWords();
	const { view, version } = useRunView();
	const { filter, setFilter } = useLook();
	// biome-ignore lint/correctness/useExhaustiveDependencies: the rows grow in place; `version` says when.
	const { domains, causes } = useMemo(() => choicesOf(view.rows), [view.rows, version]);
	const set = (name: Narrowing, value: string | number | undefined) => {
		const { [name]: _, ...rest } = filter;
		setFilter(value === undefined ? rest : { ...rest, [name]: value });
	};
	const choose = (name: Narrowing, values: readonly string[], word: (value: string) => string) => (
		<Choice
			label={t(`filter.names.${name}`)}
			value={filter[name]}
			values={values}
			word={word}
			onChange={(value) => set(name, value)}
		/>
	);
	return (
		<div className="grid gap-3">
			{choose("status", CALL_STATUSES, (value) => t(`filter.statuses.${value as (typeof CALL_STATUSES)[number]}`))}
			{choose("mark", ROW_MARKS, (value) => t(`filter.marks.${value as (typeof ROW_MARKS)[number]}`))}
			{domains.length > 0 && choose("domain", domains.slice(0, MOST_DOMAINS), (value) => value)}
			{causes.length > 0 && choose("cause", causes, (value) => t(`filter.causes.${value as (typeof causes)[number]}`))}
			{choose("remark", ROW_REMARKS, (value) => t(`filter.remarks.${value as (typeof ROW_REMARKS)[number]}`))}
			<div className="grid grid-cols-2 gap-3">
				<AtLeast name="seconds" value={filter.seconds} onChange={(value) => set("seconds", value)} />
				<AtLeast name="tokens" value={filter.tokens} onChange={(value) => set("tokens", value)} />
			</div>
			{narrowings(filter) > 0 && (
				<div>
					<Button
						size="sm"
						onClick={() => setFilter({ chips: filter.chips, ...(filter.range && { range: filter.range }) })}
					>
						{t("filter.clear")}
					</Button>
				</div>
			)}
		</div>
	);
}

type ChoiceProps = {
	label: string;
	value: string | number | undefined;
	values: readonly string[];
	word(value: string): string;
	onChange(value: string | undefined): void;
};

function Choice({ label, value, values, word, onChange }: ChoiceProps) {
	const { t } = useRunWords();
	const chosen = value === undefined ? undefined : String(value);
	return (
		<div>
			<p className="mb-1 text-[12px]/4 text-ink-3" aria-hidden="true">
				{label}
			</p>
			<Select
				label={label}
				value={chosen ?? ANY}
				onChange={(next) => onChange(next === ANY ? undefined : next)}
				groups={[
					{ options: [{ value: ANY, label: t("filter.any") }] },
					{ options: values.map((each) => ({ value: each, label: word(each) })) },
				]}
			>
				{chosen === undefined ? t("filter.any") : word(chosen)}
			</Select>
		</div>
	);
}

type AtLeastProps = {
	name: "seconds" | "tokens";
	value: number | undefined;
	onChange(value: number | undefined): void;
};

/** A least number; what is typed counts as soon as it is one. */
function AtLeast({ name, value, onChange }: AtLeastProps) {
	const { t } = useRunWords();
	const [text, setText] = useState(value === undefined ? "" : String(value));
	const [known, setKnown] = useState(value);
	if (known !== value) {
		setKnown(value);
		if (Number(text) !== value) setText(value === undefined ? "" : String(value));
	}
	return (
		<TextField
			label={t(`filter.names.${name}`)}
			inputMode="decimal"
			autoComplete="off"
			value={text}
			onChange={(typed) => {
				const digits = typed.replace(/[^\d.]/g, "").slice(0, 9);
				setText(digits);
				const number = Number(digits);
				onChange(digits !== "" && Number.isFinite(number) && number > 0 ? number : undefined);
			}}
		/>
	);
}
