"use client";
import { FolderPlus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useRef } from "react";
import { useCommand } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { TAKEN_ENDINGS } from "@/lib/trajectory/library-files";
import type { ChosenFile } from "./staged";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;
/** Not among React's attributes: the chooser of whole folders. */
const FOLDER = { webkitdirectory: "" };

/** The ways to choose files without dragging: by keyboard, and on a phone. */
export function AddFiles({ onChoose }: { onChoose(files: ChosenFile[]): void }) {
	const t = useTranslations("library");
	const files = useRef<HTMLInputElement>(null);
	const folder = useRef<HTMLInputElement>(null);
	useCommand({ id: "add-files", label: t("keys.add"), group: "page", keys: ["a"], run: () => files.current?.click() });
	const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
		const chosen = [...(currentTarget.files ?? [])].map((file) => ({
			file,
			path: file.webkitRelativePath || file.name,
		}));
		// Else choosing the same files again would be no change.
		currentTarget.value = "";
		if (chosen.length > 0) onChoose(chosen);
	};
	const hidden = { type: "file", multiple: true, hidden: true, onChange: choose } as const;
	return (
		<div className="flex flex-none gap-2 max-desk:w-full max-desk:*:flex-1">
			<input ref={folder} {...hidden} {...FOLDER} data-chooser="folder" />
			<input ref={files} {...hidden} accept={TAKEN_ENDINGS.join(",")} data-chooser="files" />
			<Button onClick={() => folder.current?.click()}>
				<FolderPlus {...ICON} />
				{t("addFolder")}
			</Button>
			<Button variant="primary" onClick={() => files.current?.click()}>
				<Plus {...ICON} />
				{t("addFiles")}
			</Button>
		</div>
	);
}
