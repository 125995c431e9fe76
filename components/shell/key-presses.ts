/** What a person can do from the keyboard or the palette, as long as the part of the page that offers it is there. */
export type Command = {
	id: string;
	/** As it is read in the palette and in the list of keys. */
	label: string;
	group: CommandGroup;
	/** Values of `KeyboardEvent.key`, without modifiers, that run it. */
	keys?: readonly string[];
	/** Makes sense as a key only: the palette leaves it out. */
	keyOnly?: boolean;
	run(): void;
};

export const COMMAND_GROUPS = ["go", "step", "run", "page"] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Of a key press, what decides whether it is meant as a command. */
export type KeyPress = {
	key: string;
	ctrlKey: boolean;
	metaKey: boolean;
	altKey: boolean;
	defaultPrevented: boolean;
	/** Somebody writes, or a dialog is open. */
	isTyping: boolean;
	/** The focus is on something that the space bar and Enter press. */
	isOnControl: boolean;
};

export const isPaletteKey = ({ key, ctrlKey, metaKey, altKey }: KeyPress): boolean =>
	key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey;

/** The command a single key means. The newest part that offers a key has it. */
export function commandOf(press: KeyPress, commands: Iterable<Command>): Command | undefined {
	const { key, ctrlKey, metaKey, altKey, defaultPrevented, isTyping, isOnControl } = press;
	if (defaultPrevented || ctrlKey || metaKey || altKey || isTyping) return undefined;
	if (isOnControl && (key === " " || key === "Enter")) return undefined;
	return [...commands].findLast(({ keys }) => keys?.includes(key));
}

/** The press behind a browser's event. */
export function pressOf(event: KeyboardEvent): KeyPress {
	const { key, ctrlKey, metaKey, altKey, defaultPrevented, target } = event;
	const element = target instanceof HTMLElement ? target : undefined;
	const writes = element?.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element?.tagName ?? "");
	return {
		key,
		ctrlKey,
		metaKey,
		altKey,
		defaultPrevented,
		isTyping: writes || document.querySelector("[role=dialog],[role=alertdialog],[role=menu]") !== null,
		isOnControl: element?.closest("button, a, summary, [role=button], [role=tab], [role=slider]") != null,
	};
}
