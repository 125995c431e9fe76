"use client";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { isPaletteKey, pressOf } from "./key-presses";
import { CommandDeskContext, type FindRuns, useCommandDesk } from "./use-commands";

const Palette = lazy(async () => ({ default: (await import("./command-palette")).CommandPalette }));
const KeyHelp = lazy(async () => ({ default: (await import("./key-help")).KeyHelp }));

/** Listens for keys over the whole page, and holds the palette and the list of keys. */
export function CommandsProvider({ findRuns, children }: { findRuns: FindRuns; children: ReactNode }) {
	const [opened, setOpened] = useState<"palette" | "help">();
	/** Once loaded they stay, so that they can close in peace. */
	const [used, setUsed] = useState({ palette: false, help: false });
	const open = useCallback((what: "palette" | "help" | undefined) => {
		setOpened(what);
		if (what) setUsed((before) => ({ ...before, [what]: true }));
	}, []);
	const desk = useCommandDesk(open);
	useEffect(() => {
		const listen = (event: KeyboardEvent) => {
			if (!isPaletteKey(pressOf(event))) return;
			event.preventDefault();
			open("palette");
		};
		addEventListener("keydown", listen);
		return () => removeEventListener("keydown", listen);
	}, [open]);
	const close = () => open(undefined);
	return (
		<CommandDeskContext value={desk}>
			{children}
			<Suspense>
				{used.palette && <Palette isOpen={opened === "palette"} onClose={close} findRuns={findRuns} />}
				{used.help && <KeyHelp isOpen={opened === "help"} onClose={close} />}
			</Suspense>
		</CommandDeskContext>
	);
}
