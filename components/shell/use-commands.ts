"use client";
import {
	createContext,
	useCallback,
	useContext,
	useEffect,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
	useSyncExternalStore,
} from "react";
import type { RunSummary } from "@/lib/trajectory/packet";
import { type Command, commandOf, pressOf } from "./key-presses";

export type FindRuns = (search: string) => Promise<Pick<RunSummary, "id" | "title">[]>;

export type CommandDesk = {
	commands: ReadonlyMap<string, Command>;
	offer(command: Command): () => void;
	open(what: "palette" | "help" | undefined): void;
};
export const CommandDeskContext = createContext<CommandDesk | undefined>(undefined);

/** What is on offer, and how to open the palette and the list of keys. */
export function useCommands(): CommandDesk {
	const desk = useContext(CommandDeskContext);
	if (!desk) throw new Error("Commands need the shell around them.");
	return desk;
}

/** Offers a command while the calling part is on the page, from its first paint on; undefined offers nothing. */
export function useCommand(command: Command | undefined): void {
	const { offer } = useCommands();
	const newest = useRef(command);
	useLayoutEffect(() => {
		newest.current = command;
	});
	const { id, label, group, keyOnly = false } = command ?? { id: undefined, label: "", group: "page" as const };
	const keys = command?.keys?.join("\n");
	useLayoutEffect(() => {
		if (id === undefined) return;
		const split = keys?.split("\n");
		return offer({ id, label, group, keyOnly, ...(split && { keys: split }), run: () => newest.current?.run() });
	}, [offer, id, label, group, keyOnly, keys]);
}

/** A desk for commands, and their keys over the whole page. `open` opens the palette or the list of keys. */
export function useCommandDesk(open: CommandDesk["open"]): CommandDesk {
	const [commands] = useState(() => new Map<string, Command>());
	useEffect(() => {
		const listen = (event: KeyboardEvent) => {
			const command = areKeysOn() ? commandOf(pressOf(event), commands.values()) : undefined;
			if (!command) return;
			event.preventDefault();
			command.run();
		};
		addEventListener("keydown", listen);
		return () => removeEventListener("keydown", listen);
	}, [commands]);
	return useMemo(
		() => ({
			commands,
			offer: (command) => {
				commands.delete(command.id);
				commands.set(command.id, command);
				return () => {
					if (commands.get(command.id) === command) commands.delete(command.id);
				};
			},
			open,
		}),
		[commands, open],
	);
}

const SETTING = "soundings-single-keys";
const listeners = new Set<() => void>();

const areKeysOn = () => localStorage.getItem(SETTING) !== "off";

/** Whether single keys act; kept in this browser. Ctrl or Cmd with K always does. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
	const subscribe = useCallback((listener: () => void) => {
		listeners.add(listener);
		return () => listeners.delete(listener);
	}, []);
	const isOn = useSyncExternalStore(subscribe, areKeysOn, () => true);
	const choose = useCallback((on: boolean) => {
		if (on) localStorage.removeItem(SETTING);
		else localStorage.setItem(SETTING, "off");
		for (const listener of listeners) listener();
	}, []);
	return [isOn, choose];
}
