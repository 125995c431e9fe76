"use client";
import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { Dialog } from "@/components/ui/dialog";
import { OnceOpen } from "@/components/ui/once-open";
import { AgainDialog } from "./again-dialog";
import { RenameDialog } from "./rename-dialog";
import { useNewest, useRunDesk } from "./use-run";
import { useSaid } from "./use-said";

const ShareDialog = lazy(async () => ({ default: (await import("./share-dialog")).ShareDialog }));
const AboutRun = lazy(async () => ({ default: (await import("./about-run")).AboutRun }));

export type MenuDialog = "again" | "rename" | "about" | "share";

/** What the run's menu opens over the page. */
export function RunMenuDialogs({ opened, onClose }: { opened: MenuDialog | undefined; onClose(): void }) {
	const t = useTranslations("fork");
	const { store } = useRunDesk();
	const { view } = useNewest();
	const { say } = useSaid();
	return (
		<>
			<AgainDialog open={opened === "again"} onClose={onClose} />
			<RenameDialog
				open={opened === "rename"}
				title={view.title || store.summary.title}
				onClose={onClose}
				onRename={(title) => say({ type: "run.edited", title }, onClose)}
			/>
			<OnceOpen open={opened === "share"}>
				<ShareDialog open={opened === "share"} onClose={onClose} />
			</OnceOpen>
			<Dialog open={opened === "about"} onClose={onClose} title={t("about")} closeLabel={t("close")}>
				<div className="-mx-4">
					<Suspense>{opened === "about" && <AboutRun />}</Suspense>
				</div>
			</Dialog>
		</>
	);
}
