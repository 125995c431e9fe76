import { expect, test } from "vitest";
import { type Command, commandOf, isPaletteKey, type KeyPress } from "./key-presses";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
	key,
	ctrlKey: false,
	metaKey: false,
	altKey: false,
	defaultPrevented: false,
	isTyping: false,
	isOnControl: false,
	...more,
});
const command = (id: string, ...keys: string[]): Command => ({
	id,
	label: id,
	group: "run",
	keys,
	run: () => undefined,
});
const COMMANDS = [command("next", "j"), command("play", " "), command("fork", "f"), command("find", "f")];
const found = (pressed: KeyPress) => commandOf(pressed, COMMANDS)?.id;

test("a single key runs its command, the newest one where two want it", () => {
	expect(found(press("j"))).toBe("next");
	expect(found(press("f"))).toBe("find");
	expect(found(press("x"))).toBeUndefined();
});

test.each<Partial<KeyPress>>([
	{ isTyping: true },
	{ ctrlKey: true },
	{ metaKey: true },
	{ altKey: true },
	{ defaultPrevented: true },
])("not while %o", (more) => {
	expect(found(press("j", more))).toBeUndefined();
});

test("space and Enter stay with the control that has the focus; letters do not", () => {
	expect(found(press(" "))).toBe("play");
	expect(found(press(" ", { isOnControl: true }))).toBeUndefined();
	expect(found(press("j", { isOnControl: true }))).toBe("next");
});

test("the palette opens with Ctrl or Cmd and K, whoever writes", () => {
	expect(isPaletteKey(press("k", { ctrlKey: true, isTyping: true }))).toBe(true);
	expect(isPaletteKey(press("K", { metaKey: true }))).toBe(true);
	expect(isPaletteKey(press("k"))).toBe(false);
	expect(isPaletteKey(press("k", { ctrlKey: true, altKey: true }))).toBe(false);
});
