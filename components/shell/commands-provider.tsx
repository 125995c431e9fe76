"use client";
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { type Command, commandOf, isPaletteKey, pressOf } from "./key-presses";
import { areKeysOn, type CommandDesk, CommandDeskContext, type FindRuns } from "./use-commands";

const Palette = lazy(async () => ({ default: (await import("./command-palette")).CommandPalette }));
const KeyHelp = lazy(async () => ({ default: (await import("./key-help")).KeyHelp }));

/** Listens for keys over the whole page, and holds the palette and the list of keys. */
export function CommandsProvider({ findRuns, children }: { findRuns: FindRuns; children: ReactNode }) {
	const [commands] = useState(() => new Map<string, Command>());
	const [opened, open] = useState<"palette" | "help">();
	/** Once loaded they stay, so that they can close in peace. */
	const [used, setUsed] = useState({ palette: false, help: false });
	const desk = useMemo<CommandDesk>(
		() => ({
			commands,
			offer: (command) => {
				commands.delete(command.id);
				commands.set(command.id, command);
				return () => {
					if (commands.get(command.id) === command) commands.delete(command.id);
				};
			},
			open: (what) => {
				open(what);
				if (what) setUsed((before) => ({ ...before, [what]: true }));
			},
		}),
		[commands],
	);
	useEffect(() => {
		const listen = (event: KeyboardEvent) => {
			const press = pressOf(event);
			if (isPaletteKey(press)) {
				event.preventDefault();
				desk.open("palette");
				return;
			}
			const command = areKeysOn() ? commandOf(press, commands.values()) : undefined;
			if (!command) return;
			event.preventDefault();
			command.run();
		};
		addEventListener("keydown", listen);
		return () => removeEventListener("keydown", listen);
	}, [desk, commands]);
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
