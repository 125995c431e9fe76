"use client";
import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, useState } from "react";
import { useCommand } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { OnceOpen } from "@/components/ui/once-open";
import { OpenedOnUse } from "@/components/ui/opened-on-use";
import type { MenuDialog } from "./run-menu-dialogs";

const Choices = lazy(async () => ({ default: (await import("./run-menu-choices")).RunMenuChoices }));
const Dialogs = lazy(async () => ({ default: (await import("./run-menu-dialogs")).RunMenuDialogs }));

/** All that can be done with a run as a whole: a button until it is wanted. */
export function RunMenu() {
	const t = useTranslations("fork");
	const share = useTranslations("sharing");
	const [opened, setOpened] = useState<MenuDialog>();
	useCommand({ id: "share-run", label: share("open"), group: "run", run: () => setOpened("share") });
	const trigger = (
		<Button size="icon" aria-label={t("more")} title={t("more")} className="max-desk:flex-none!">
			<Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
		</Button>
	);
	return (
		<>
			<OpenedOnUse kind="menu" trigger={trigger}>
				<Choices trigger={trigger} onOpen={setOpened} />
			</OpenedOnUse>
			<OnceOpen open={opened !== undefined}>
				<Dialogs opened={opened} onClose={() => setOpened(undefined)} />
			</OnceOpen>
		</>
	);
}
