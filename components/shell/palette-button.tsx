"use client";
import { Keyboard, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { KeyCaps } from "./key-caps";
import { useCommand, useCommands } from "./use-commands";

const icon = { size: 16, strokeWidth: 1.5, "aria-hidden": true } as const;

/** The ways into the palette and the list of keys, for those who do not know their keys. */
export function PaletteButton() {
	const t = useTranslations("commands");
	const { open } = useCommands();
	const router = useRouter();
	useCommand({ id: "ask", label: t("goAsk"), group: "go", run: () => router.push("/") });
	useCommand({ id: "runs", label: t("goRuns"), group: "go", run: () => router.push("/runs") });
	useCommand({ id: "library", label: t("goLibrary"), group: "go", run: () => router.push("/library") });
	useCommand({ id: "settings", label: t("goSettings"), group: "go", run: () => router.push("/settings") });
	useCommand({ id: "help", label: t("help"), group: "page", keys: ["?"], run: () => open("help") });
	return (
		<>
			<Button
				variant="ghost"
				size="sm"
				className="max-desk:size-10 max-desk:p-0"
				title={t("palette")}
				onClick={() => open("palette")}
			>
				<Search {...icon} />
				<span className="sr-only">{t("palette")} </span>
				<span className="max-desk:hidden">
					<KeyCaps keys={["Control", "K"]} />
				</span>
			</Button>
			<Button
				variant="ghost"
				size="icon"
				className="max-desk:hidden"
				aria-label={t("helpTitle")}
				title={t("helpTitle")}
				onClick={() => open("help")}
			>
				<Keyboard {...icon} />
			</Button>
		</>
	);
}
