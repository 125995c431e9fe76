"use client";
import { useState } from "react";
import { type ChosenFile, type Staged, stage } from "./staged";
import { send } from "./upload-store";

/** What was dropped or chosen, until somebody says where it goes: `here`, else what its folder is called, else `other`. */
export function useStaged(here: string, other: string) {
	const [staged, setStaged] = useState<Staged>();
	const close = () => setStaged(undefined);
	const choose = (files: readonly ChosenFile[]) => {
		const next = stage(files);
		if (next.taken.length + next.refused.length > 0) setStaged(next);
	};
	return {
		choose,
		staged,
		into: here || staged?.suggested || other,
		onClose: close,
		onSend: (collection: string) => {
			if (staged) send(staged.taken, collection);
			close();
		},
	};
}
