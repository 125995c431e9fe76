"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { useLook } from "./use-look";
import { useNewest } from "./use-run";

/** First and last call as they are typed. */
export type RangeEnds = { from: string; to: string };

type Props = {
	/** Undefined while nobody asks for them. */
	ends: RangeEnds | undefined;
	onEnds(ends: RangeEnds | undefined): void;
};

const digits = (typed: string) => typed.replace(/\D/g, "").slice(0, 7);

/** Asks for the first and the last call to look at. */
export function RangeDialog({ ends, onEnds }: Props) {
	const t = useTranslations("run.range");
	const commands = useTranslations("commands");
	const { view } = useNewest();
	const { filter, setFilter } = useLook();
	const [isRefused, setRefused] = useState(false);
	const close = () => {
		onEnds(undefined);
		setRefused(false);
	};
	const select = (event: FormEvent) => {
		event.preventDefault();
		const from = Number(ends?.from);
		const to = Number(ends?.to);
		if (from < 1 || to < from || to > view.calls) {
			setRefused(true);
			return;
		}
		setFilter({ ...filter, range: { from, to } });
		close();
	};
	const field = (end: "from" | "to") => (
		<TextField
			label={t(end)}
			inputMode="numeric"
			autoComplete="off"
			value={ends?.[end] ?? ""}
			onChange={(typed) => ends && onEnds({ ...ends, [end]: digits(typed) })}
		/>
	);
	return (
		<Dialog open={ends !== undefined} onClose={close} title={t("select")} closeLabel={commands("close")}>
			<form onSubmit={select} noValidate>
				<div className="flex items-end gap-2 *:flex-1">
					{field("from")}
					{field("to")}
					<Button type="submit" variant="ink" className="flex-none!">
						{t("show")}
					</Button>
				</div>
				{isRefused && (
					<p role="alert" className="mt-2 text-[12px]/4 text-error">
						{t("refused", { calls: view.calls })}
					</p>
				)}
			</form>
		</Dialog>
	);
}
