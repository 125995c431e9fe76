"use client";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { pressOf } from "@/components/shell/key-presses";
import { useCommand } from "@/components/shell/use-commands";

/** What keys do on the run page; they never act while somebody types or a dialog is open. */
export type RunKeys = {
	step(by: number): void;
	/** To the next call of the same tool, down (1) or up (−1). */
	sameTool(by: 1 | -1): void;
	end(to: "first" | "last"): void;
	close(): void;
};

/** These scroll the page elsewhere, so they act only inside the timeline. */
const LIST_STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** Letters, which a reader may switch off, are commands; the keys every list has act without them. */
export function useRunKeys(keys: RunKeys, isOn: boolean): void {
	const t = useTranslations("commands");
	const step = { group: "step", keyOnly: true } as const;
	useCommand(isOn ? { ...step, id: "next-row", label: t("nextRow"), keys: ["j"], run: () => keys.step(1) } : undefined);
	useCommand(
		isOn ? { ...step, id: "previous-row", label: t("previousRow"), keys: ["k"], run: () => keys.step(-1) } : undefined,
	);
	useCommand(
		isOn
			? { ...step, id: "previous-of-tool", label: t("previousOfTool"), keys: ["["], run: () => keys.sameTool(-1) }
			: undefined,
	);
	useCommand(
		isOn
			? { ...step, id: "next-of-tool", label: t("nextOfTool"), keys: ["]"], run: () => keys.sameTool(1) }
			: undefined,
	);
	useEffect(() => {
		const listen = (event: KeyboardEvent) => {
			const press = pressOf(event);
			if (press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey || press.isTyping) return;
			if (act(event, keys, isOn)) event.preventDefault();
		};
		addEventListener("keydown", listen);
		return () => removeEventListener("keydown", listen);
	}, [keys, isOn]);
}

function act(event: KeyboardEvent, keys: RunKeys, isOn: boolean): boolean {
	if (event.key === "Escape") {
		keys.close();
		return true;
	}
	const inList =
		event.target === document.body || (event.target instanceof Element && event.target.closest("[data-timeline]"));
	if (!(isOn && inList)) return false;
	const by = LIST_STEPS[event.key];
	if (by !== undefined) {
		keys.step(by);
		return true;
	}
	if (event.key !== "Home" && event.key !== "End") return false;
	keys.end(event.key === "Home" ? "first" : "last");
	return true;
}
