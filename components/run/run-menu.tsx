"use client";
import {
	Archive,
	ArchiveRestore,
	Ellipsis,
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
import { lazy, Suspense, useState } from "react";
import { leaveToUndo } from "@/components/shell/undo-store";
import { useCommand } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Menu } from "@/components/ui/menu";
import { OnceOpen } from "@/components/ui/once-open";
import { AgainDialog } from "./again-dialog";
import { FOLLOW_UP_FIELD } from "./follow-up";
import { useForkDesk } from "./fork-desk";
import { RenameDialog } from "./rename-dialog";
import { useDeed } from "./use-deed";
import { useNewest, useRunActions, useRunDesk } from "./use-run";
import { useRunPage } from "./use-run-page";
import { useSaid } from "./use-said";

const ICON = { size: 15, strokeWidth: 1.5 } as const;
const ShareDialog = lazy(async () => ({ default: (await import("./share-dialog")).ShareDialog }));
const AboutRun = lazy(async () => ({ default: (await import("./about-run")).AboutRun }));

type MenuDialog = "again" | "rename" | "about" | "share";

/** All that can be done with a run as a whole. */
export function RunMenu() {
	const t = useTranslations("fork");
	const share = useTranslations("sharing");
	const { store } = useRunDesk();
	const { view, state } = useNewest();
	const { openTab } = useRunPage();
	const { start } = useForkDesk();
	const { say } = useSaid();
	const remove = useRemoval();
	const [opened, setOpened] = useState<MenuDialog>();
	const openShare = () => setOpened("share");
	useCommand({ id: "share-run", label: share("open"), group: "run", run: openShare });
	const close = () => setOpened(undefined);
	const isOver = state === "ended";
	const askFurther = () => {
		openTab("report");
		setTimeout(() => document.getElementById(FOLLOW_UP_FIELD)?.focus(), 300);
	};
	return (
		<>
			<Menu
				trigger={
					<Button size="icon" aria-label={t("more")} title={t("more")} className="max-desk:flex-none!">
						<Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
					</Button>
				}
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
						{ key: "again", label: t("again"), icon: <Repeat {...ICON} />, onSelect: () => setOpened("again") },
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
						{ key: "share", label: share("open"), icon: <Share2 {...ICON} />, onSelect: openShare },
						{ key: "about", label: t("about"), icon: <Info {...ICON} />, onSelect: () => setOpened("about") },
						{ key: "rename", label: t("rename"), icon: <Pencil {...ICON} />, onSelect: () => setOpened("rename") },
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
			<AgainDialog open={opened === "again"} onClose={close} />
			<RenameDialog
				open={opened === "rename"}
				title={view.title || store.summary.title}
				onClose={close}
				onRename={(title) => say({ type: "run.edited", title }, close)}
			/>
			<OnceOpen open={opened === "share"}>
				<ShareDialog open={opened === "share"} onClose={close} />
			</OnceOpen>
			<Dialog open={opened === "about"} onClose={close} title={t("about")} closeLabel={t("close")}>
				<div className="-mx-4">
					<Suspense>{opened === "about" && <AboutRun />}</Suspense>
				</div>
			</Dialog>
		</>
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
