"use client";
import { fromEvent } from "file-selector";
import { useEffect, useRef, useState } from "react";
import type { ChosenFile } from "./staged";

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") ?? false;

/** Takes files and folders that are dropped anywhere on the page. `over`: they are held above it; `reading`: their folders are gone through. */
export function useDrop(take: (files: ChosenFile[]) => void): "over" | "reading" | undefined {
	const [state, setState] = useState<"over" | "reading">();
	const newest = useRef(take);
	newest.current = take;
	useEffect(() => {
		let depth = 0;
		const enter = (event: DragEvent) => {
			if (!holdsFiles(event)) return;
			event.preventDefault();
			depth++;
			setState("over");
		};
		const over = (event: DragEvent) => {
			if (!holdsFiles(event)) return;
			event.preventDefault();
			if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
		};
		const leave = (event: DragEvent) => {
			if (!holdsFiles(event) || --depth > 0) return;
			depth = 0;
			setState(undefined);
		};
		const drop = (event: DragEvent) => {
			if (!holdsFiles(event)) return;
			event.preventDefault();
			depth = 0;
			setState("reading");
			const taken = (files: ChosenFile[]) => {
				setState(undefined);
				if (files.length > 0) newest.current(files);
			};
			void droppedFiles(event).then(taken, () => taken([]));
		};
		const listeners = { dragenter: enter, dragover: over, dragleave: leave, drop } as const;
		for (const [name, listen] of Object.entries(listeners)) addEventListener(name, listen as EventListener);
		return () => {
			for (const [name, listen] of Object.entries(listeners)) removeEventListener(name, listen as EventListener);
		};
	}, []);
	return state;
}

/** The browser empties the event once it is handled: nothing is waited for before its files are asked for. */
async function droppedFiles(event: DragEvent): Promise<ChosenFile[]> {
	const found = await fromEvent(event);
	return found.flatMap((file) => (file instanceof File ? [{ file, path: file.path }] : []));
}
