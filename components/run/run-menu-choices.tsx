"use client";
import {
	Archive,
	ArchiveRestore,
	Info,
	MessageCircleQuestion,
	Pencil,
	Repeat,
	Repeat2,
	Share2,
	Trash2,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { leaveToUndo } from "@/components/shell/undo-store";
import { MenuPopup, type MenuProps } from "@/components/ui/menu-popup";
import { FOLLOW_UP_FIELD } from "./follow-up-field";
import { useForkDesk } from "./fork-desk";
import type { MenuDialog } from "./run-menu-dialogs";
import { useDeed } from "./use-deed";
import { useNewest, useRunActions, useRunDesk } from "./use-run";
import { useRunPage } from "./use-run-page";
import { useSaid } from "./use-said";

const ICON = { size: 15, strokeWidth: 1.5 } as const;

type Props = Pick<MenuProps, "trigger"> & { onOpen(dialog: MenuDialog): void };

/** The run's menu, as it is from its first opening on. */
export function RunMenuChoices({ trigger, onOpen }: Props) {
	const t = useTranslations("fork");
	const share = useTranslations("sharing");
	const { view, state } = useNewest();
	const { openTab } = useRunPage();
	const { start } = useForkDesk();
	const { say } = useSaid();
	const remove = useRemoval();
	const isOver = state === "ended";
	const askFurther = () => {
		openTab("report");
		setTimeout(() => document.getElementById(FOLLOW_UP_FIELD)?.focus(), 300);
	};
	return (
		<MenuPopup
			trigger={trigger}
			groups={[
				[
					...(isOver
						? [
								{
									key: "further",
									label: t("askFurther"),
									icon: <MessageCircleQuestion {...ICON} />,
									onSelect: askFurther,
								},
							]
						: []),
					{ key: "again", label: t("again"), icon: <Repeat {...ICON} />, onSelect: () => onOpen("again") },
					{
						key: "recorded",
						label: t("onRecorded"),
						detail: t("onRecordedHint"),
						icon: <Repeat2 {...ICON} />,
						disabled: view.calls === 0,
						onSelect: () => start({ kind: "recorded_tools" }),
					},
				],
				[
					{ key: "share", label: share("open"), icon: <Share2 {...ICON} />, onSelect: () => onOpen("share") },
					{ key: "about", label: t("about"), icon: <Info {...ICON} />, onSelect: () => onOpen("about") },
					{ key: "rename", label: t("rename"), icon: <Pencil {...ICON} />, onSelect: () => onOpen("rename") },
					{
						key: "archive",
						label: view.archived ? t("unarchive") : t("archive"),
						icon: view.archived ? <ArchiveRestore {...ICON} /> : <Archive {...ICON} />,
						onSelect: () => say({ type: "run.edited", archived: !view.archived }),
					},
				],
				[
					{
						key: "delete",
						label: isOver ? t("delete") : t("stopAndDelete"),
						icon: <Trash2 {...ICON} />,
						danger: true,
						onSelect: remove,
					},
				],
			]}
		/>
	);
}

/** Takes the run off every list and goes there, where that can be taken back. */
function useRemoval(): () => void {
	const { store } = useRunDesk();
	const actions = useRunActions();
	const router = useRouter();
	const { act } = useDeed();
	return () =>
		act(
			() => actions.remove([store.runId]),
			() => {
				leaveToUndo("runs", [store.runId]);
				router.push("/runs");
			},
		);
}
