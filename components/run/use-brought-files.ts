"use client";
import type { ClipboardEvent } from "react";
import { useDrop } from "@/components/library/use-drop";
import type { Attachments } from "./use-attachments";

/** Files that are dropped on the page or pasted into the question join it. `held`: they are held above the page. */
export function useBroughtFiles({ add }: Pick<Attachments, "add">, dropped: () => void = () => undefined) {
	const held = useDrop((files) => {
		add(files.map(({ file }) => file));
		dropped();
	});
	const paste = (event: ClipboardEvent) => {
		const { files, types } = event.clipboardData;
		// Office programs put a picture of the text beside the text.
		if (files.length === 0 || types.includes("text/plain")) return;
		event.preventDefault();
		add([...files]);
	};
	return { held: held !== undefined, paste };
}
