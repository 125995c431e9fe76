"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { tagOf } from "@/lib/trajectory/notes";
import type { RunSummary } from "@/lib/trajectory/packet";

type Props = {
	runs: readonly RunSummary[];
	open: boolean;
	inUse: readonly { tag: string; runs: number }[];
	problem: string | undefined;
	onClose(): void;
	onTag(tag: string, isOn: boolean): void;
};

/** One tag put on, or taken off, all that are selected. */
export function TagDialog({ runs, open, inUse, problem, onClose, onTag }: Props) {
	const t = useTranslations("runsEdit");
	const words = useTranslations("fork");
	const [typed, setTyped] = useState("");
	const tag = tagOf(typed);
	const canTakeOff = tag !== "" && runs.some(({ tags }) => tags.includes(tag));
	return (
		<Dialog
			open={open}
			onClose={onClose}
			title={t("tagTitle", { n: runs.length })}
			closeLabel={words("close")}
			actions={
				<>
					{canTakeOff && <Button onClick={() => onTag(tag, false)}>{t("takeOff")}</Button>}
					<Button variant="primary" disabled={tag === ""} onClick={() => onTag(tag, true)}>
						{t("addTag")}
					</Button>
				</>
			}
		>
			<form
				action={() => {
					if (tag !== "") onTag(tag, true);
				}}
			>
				<TextField
					label={t("tagField")}
					hint={t("tagHint")}
					error={problem}
					value={typed}
					maxLength={40}
					onChange={setTyped}
				/>
			</form>
			{inUse.length > 0 && (
				<div className="mt-3 flex flex-wrap items-center gap-1.5">
					<span className="text-[12px]/4 text-ink-3">{t("inUse")}</span>
					{inUse.slice(0, 20).map(({ tag: known }) => (
						<Button key={known} size="sm" onClick={() => setTyped(known)}>
							{known}
						</Button>
					))}
				</div>
			)}
		</Dialog>
	);
}
