"use client";
import { MoveHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCommand } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { useLook } from "./use-look";
import { useNewest } from "./use-run";

const digits = (typed: string) => typed.replace(/\D/g, "").slice(0, 7);

/** Selects calls by their numbers, where the line is too small to drag along, and for those who do not drag. */
export function RangePicker() {
	const t = useTranslations("run.range");
	const commands = useTranslations("commands");
	const { view } = useNewest();
	const { filter, setFilter } = useLook();
	const [ends, setEnds] = useState<{ from: string; to: string }>();
	const [isRefused, setRefused] = useState(false);
	const open = () => {
		const { from = 1, to = view.calls } = filter.range ?? {};
		setEnds({ from: String(from), to: String(to) });
	};
	const close = () => {
		setEnds(undefined);
		setRefused(false);
	};
	useCommand({ id: "select-calls", label: t("select"), group: "step", run: open });
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
			onChange={(typed) => ends && setEnds({ ...ends, [end]: digits(typed) })}
		/>
	);
	return (
		<>
			<Button variant="ghost" size="sm" className="desk:hidden" disabled={view.calls === 0} onClick={open}>
				<MoveHorizontal size={14} strokeWidth={1.75} aria-hidden="true" />
				{t("select")}
			</Button>
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
		</>
	);
}
