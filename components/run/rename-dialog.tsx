"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextArea } from "@/components/ui/field";

type Props = { open: boolean; title: string; onClose(): void; onRename(title: string): void };

const MOST = 300;

/** Another title for a run; its question stays as it was asked. */
export function RenameDialog({ open, title, onClose, onRename }: Props) {
	const t = useTranslations("fork");
	const [typed, setTyped] = useState<string>();
	const text = typed ?? title;
	const close = () => {
		setTyped(undefined);
		onClose();
	};
	const save = () => {
		if (text.trim() === "") return;
		setTyped(undefined);
		onRename(text.trim());
	};
	return (
		<Dialog
			open={open}
			onClose={close}
			title={t("rename")}
			closeLabel={t("close")}
			actions={
				<>
					<Button onClick={close}>{t("cancel")}</Button>
					<Button variant="primary" disabled={text.trim() === ""} onClick={save}>
						{t("save")}
					</Button>
				</>
			}
		>
			<form action={save}>
				<TextArea
					label={t("titleOf")}
					hint={t("questionStays")}
					value={text}
					maxLength={MOST}
					onChange={(next) => setTyped(next.replace(/\n/g, " "))}
					onKeyDown={(event) => {
						if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
						event.preventDefault();
						save();
					}}
				/>
			</form>
		</Dialog>
	);
}
