"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { SettingChanges, SettingState, SettingsSaved, SettingVariable } from "@/lib/trajectory/settings-view";
import type { SettingsDoors } from "./settings-doors";

type SaveOutcome = { kind: "saved"; dropped: SettingVariable[] } | { kind: "lost" } | { kind: "none" };
type Problems = Extract<SettingsSaved, { ok: false }>["problems"];

/** What is written into the fields of one section, and how it is saved: all of it, or none. */
export function useSettingsForm(states: readonly SettingState[], save: SettingsDoors["save"], onSaved?: () => void) {
	const router = useRouter();
	const [drafts, setDrafts] = useState<SettingChanges>({});
	const [problems, setProblems] = useState<Problems>({});
	const [outcome, setOutcome] = useState<SaveOutcome>({ kind: "none" });
	const [isSaving, startTransition] = useTransition();
	const changes: SettingChanges = Object.fromEntries(
		states.flatMap(({ variable, value }) => {
			const draft = drafts[variable];
			return draft === undefined || draft === value ? [] : [[variable, draft]];
		}),
	);
	const write = (variable: SettingVariable, text: string) => {
		setDrafts({ ...drafts, [variable]: text });
		setProblems({ ...problems, [variable]: undefined });
		setOutcome({ kind: "none" });
	};
	const send = (sent: SettingChanges) =>
		startTransition(async () => {
			const saved = await save(sent).catch(() => undefined);
			setProblems(saved && !saved.ok ? saved.problems : {});
			if (!saved) setOutcome({ kind: "lost" });
			else if (saved.ok) {
				setDrafts((old) => Object.fromEntries(Object.entries(old).filter(([variable]) => !(variable in sent))));
				setOutcome({ kind: "saved", dropped: saved.dropped });
				router.refresh();
				onSaved?.();
			} else setOutcome({ kind: "none" });
		});
	return {
		drafts,
		problems,
		outcome,
		isSaving,
		isChanged: Object.keys(changes).length > 0,
		write,
		submit: () => send(changes),
		takeBack: (variable: SettingVariable) => send({ [variable]: "" }),
	};
}
