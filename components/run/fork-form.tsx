"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Problem } from "@/components/ui/problem";
import { Segmented } from "@/components/ui/segmented";
import type { CallRow } from "@/lib/trajectory/row";
import { type ForkDraft, type ForkMade, type ForkMode, type ForkOriginal, type ForkPart, forkOf } from "./fork-draft";
import { ReplyFields, ResultField } from "./fork-fields";
import { ForkSettings } from "./fork-settings";
import { useDeed } from "./use-deed";
import { useForkOriginal } from "./use-fork-original";
import { useRunActions, useRunDesk } from "./use-run";

type Props = { row: CallRow; call: number; part: ForkPart; onClose(): void };

const MODES: Record<ForkPart, ForkMode> = {
	thought: "reply",
	arguments: "reply",
	result: "result",
	settings: "settings",
};

export function ForkForm({ row, call, part, onClose }: Props) {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const actions = useRunActions();
	const router = useRouter();
	const original = useForkOriginal(row, call);
	const [edits, setEdits] = useState<Partial<ForkDraft>>({ mode: MODES[part] });
	const { act, isBusy, setback, forget } = useDeed();
	const draft: ForkDraft = { ...original, mode: "reply", ...edits };
	const made = forkOf(draft, original);
	const change = (next: Partial<ForkDraft>) => {
		setEdits({ ...edits, ...next });
		forget();
	};
	const start = () => {
		if (!made.ok) return;
		act(
			() => actions.fork(store.runId, made.input),
			({ runIds: [id] }) => {
				onClose();
				if (id !== undefined) router.push(`/runs/${id}`);
			},
		);
	};
	const problemAt = useProblems(made, setback);
	return (
		<Dialog
			wide
			open
			onClose={onClose}
			title={t("title", { n: call, name: row.call.name })}
			closeLabel={t("close")}
			actions={
				<>
					<p
						className="min-w-0 flex-1 basis-60 text-[13px]/5 text-ink-2 max-desk:flex-none! max-desk:basis-full!"
						role="status"
					>
						{made.ok && <Plan made={made} original={original} />}
					</p>
					<Button onClick={onClose}>{t("cancel")}</Button>
					<Button variant="primary" disabled={!made.ok || isBusy || !original.isWhole} onClick={start}>
						{isBusy ? t("starting") : t("start")}
					</Button>
				</>
			}
		>
			<div className="grid gap-4">
				<Segmented
					label={t("what")}
					value={draft.mode}
					options={(["reply", "result", "settings"] as const).map((mode) => ({
						value: mode,
						label: t(`modes.${mode}`),
					}))}
					onChange={(mode) => change({ mode })}
				/>
				{draft.mode === "reply" && (
					<ReplyFields draft={draft} onChange={change} schema={original.schema} problem={problemAt("args")} />
				)}
				{draft.mode === "result" && (
					<ResultField draft={draft} onChange={change} isWhole={original.isWhole} problem={problemAt("result")} />
				)}
				<ForkSettings draft={draft} original={original} onChange={change} problemAt={problemAt} />
				<Problem text={problemAt("run")} />
			</div>
		</Dialog>
	);
}

/** What will happen, in words. */
function Plan({ made, original }: { made: Extract<ForkMade, { ok: true }>; original: ForkOriginal }) {
	const t = useTranslations("fork");
	const edited = made.changes.filter((change) => change !== "settings").map((change) => t(`parts.${change}`));
	const facts = [
		made.keeps > 0 ? t("plan.keeps", { n: made.keeps }) : t("plan.keepsNone"),
		...(edited.length > 0 ? [t("plan.changes", { parts: edited.join(t("and")), n: original.call })] : []),
		...(made.changes.includes("settings") ? [t("plan.settings")] : []),
		t("plan.goesOn", { n: made.input.calls ?? 0 }),
	];
	return facts.join(t("plan.join"));
}

const FIELDS = ["args", "result", "preset", "model", "calls", "retention"];

/** The problem that belongs to a field, ours first, then the server's; what no field of ours has stands under `run`. */
function useProblems(made: ForkMade, setback: ReturnType<typeof useDeed>["setback"]) {
	const t = useTranslations("fork");
	return (field: string): string | undefined => {
		if (!made.ok && made.field === field) {
			const { kind, field: _, ok: __, ...values } = made;
			return t(`problems.${kind}`, values as Record<string, string>);
		}
		if (!setback) return undefined;
		const at = FIELDS.find((known) => known === setback.field) ?? "run";
		return at === field ? setback.message : undefined;
	};
}
