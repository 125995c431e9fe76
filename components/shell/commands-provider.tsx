"use client";
import { lazy, type ReactNode, useEffect, useState } from "react";
import { OnceOpen } from "@/components/ui/once-open";
import { giveOnEarlyPresses } from "./early-presses";
import { isPaletteKey, pressOf } from "./key-presses";
import { CommandDeskContext, type FindRuns, useCommandDesk } from "./use-commands";
import { useEarlyKeys } from "./use-early-keys";

const Palette = lazy(async () => ({ default: (await import("./command-palette")).CommandPalette }));
const KeyHelp = lazy(async () => ({ default: (await import("./key-help")).KeyHelp }));

/** Listens for keys over the whole page, and holds the palette and the list of keys. */
export function CommandsProvider({ findRuns, children }: { findRuns: FindRuns; children: ReactNode }) {
	const [opened, open] = useState<"palette" | "help">();
	const [text, setText] = useState("");
	const desk = useCommandDesk(open);
	useEffect(() => {
		const listen = (event: KeyboardEvent) => {
			if (!isPaletteKey(pressOf(event))) return;
			event.preventDefault();
			open("palette");
		};
		addEventListener("keydown", listen);
		return () => removeEventListener("keydown", listen);
	}, []);
	/** After a paint, what the first effects set, such as a question typed before the page was ready, is drawn. */
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const frame = requestAnimationFrame(() => {
			timer = setTimeout(() => void giveOnEarlyPresses());
		});
		return () => {
			cancelAnimationFrame(frame);
			clearTimeout(timer);
		};
	}, []);
	const close = () => {
		open(undefined);
		setText("");
	};
	useEarlyKeys(opened === "palette", (key) => {
		if (key.length === 1) setText((typed) => typed + key);
		return key.length === 1;
	});
	return (
		<CommandDeskContext value={desk}>
			{children}
			<OnceOpen open={opened === "palette"}>
				<Palette isOpen={opened === "palette"} text={text} onText={setText} onClose={close} findRuns={findRuns} />
			</OnceOpen>
			<OnceOpen open={opened === "help"}>
				<KeyHelp isOpen={opened === "help"} onClose={close} />
			</OnceOpen>
		</CommandDeskContext>
	);
}
