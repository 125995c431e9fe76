"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { collectionNameOf } from "@/lib/trajectory/library-files";

type Props = {
	name: string | undefined;
	problem: string | undefined;
	isBusy: boolean;
	onClose(): void;
	onRename(to: string): void;
};

/** Another name for a collection. */
export function RenameCollection({ name, problem, isBusy, onClose, onRename }: Props) {
	const t = useTranslations("library");
	const words = useTranslations("library.staged");
	const [typed, setTyped] = useState<string>();
	const text = typed ?? name ?? "";
	const to = collectionNameOf(text);
	const close = () => {
		setTyped(undefined);
		onClose();
	};
	const save = () => {
		if (to !== undefined && to !== name) onRename(to);
	};
	return (
		<Dialog
			open={name !== undefined}
			onClose={close}
			title={t("renameTitle", { name: name ?? "" })}
			description={t("renameDetail")}
			closeLabel={words("close")}
			actions={
				<>
					<Button onClick={close}>{words("cancel")}</Button>
					<Button variant="primary" disabled={isBusy || to === undefined || to === name} onClick={save}>
						{t("save")}
					</Button>
				</>
			}
		>
			<form action={save}>
				<TextField
					label={t("newName")}
					error={problem ?? (to === undefined ? words("badName") : undefined)}
					value={text}
					onChange={setTyped}
					autoComplete="off"
				/>
			</form>
		</Dialog>
	);
}
