"use client";
import { type ComponentProps, createContext, type KeyboardEvent, useContext, useId, useMemo } from "react";

type Tabs = { value: string; idOf(part: "tab" | "panel", value: string): string; onChange(value: string): void };

const TabsContext = createContext<Tabs | undefined>(undefined);

function useTabs(): Tabs {
	const tabs = useContext(TabsContext);
	if (!tabs) throw new Error("Tabs stand inside TabsRoot.");
	return tabs;
}

type RootProps = Omit<ComponentProps<"div">, "onChange"> & { value: string; onChange(value: string): void };

/** Panes of which one is seen: the list of their names, and the panels, stand anywhere inside. */
export function TabsRoot({ value, onChange, ...rest }: RootProps) {
	const id = useId();
	const tabs = useMemo(
		() => ({ value, onChange, idOf: (part: string, of: string) => `${id}-${part}-${of}` }),
		[value, onChange, id],
	);
	return (
		<TabsContext value={tabs}>
			<div {...rest} />
		</TabsContext>
	);
}

const STEPS: Record<string, (at: number, count: number) => number> = {
	ArrowRight: (at, count) => (at + 1) % count,
	ArrowLeft: (at, count) => (at + count - 1) % count,
	Home: () => 0,
	End: (_, count) => count - 1,
};

/** Moves the focus along the names; Enter or Space opens. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
	const step = event.altKey || event.ctrlKey || event.metaKey ? undefined : STEPS[event.key];
	const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
	const at = all.indexOf(event.target as HTMLElement);
	if (!step || at < 0) return;
	event.preventDefault();
	event.stopPropagation();
	all[step(at, all.length)]?.focus();
}

/** The names, in a row; `aria-label` says of what. */
export const TabList = (props: ComponentProps<"div">) => <div role="tablist" onKeyDown={moveFocus} {...props} />;

/** One name; `data-active` while its panel is seen. */
export function Tab({ value, ...rest }: ComponentProps<"button"> & { value: string }) {
	const { value: open, idOf, onChange } = useTabs();
	const isOpen = open === value;
	return (
		<button
			type="button"
			role="tab"
			id={idOf("tab", value)}
			aria-selected={isOpen}
			aria-controls={isOpen ? idOf("panel", value) : undefined}
			tabIndex={isOpen ? 0 : -1}
			data-active={isOpen || undefined}
			onClick={() => onChange(value)}
			{...rest}
		/>
	);
}

type PanelProps = ComponentProps<"div"> & {
	value: string;
	/** Stays in the document while it is not seen. */
	keepMounted?: boolean;
};

/** What one name opens. */
export function TabPanel({ value, keepMounted = false, ...rest }: PanelProps) {
	const { value: open, idOf } = useTabs();
	const isOpen = open === value;
	if (!isOpen && !keepMounted) return;
	return (
		<div
			role="tabpanel"
			id={idOf("panel", value)}
			aria-labelledby={idOf("tab", value)}
			tabIndex={isOpen ? 0 : -1}
			hidden={!isOpen}
			data-hidden={!isOpen || undefined}
			{...rest}
		/>
	);
}
