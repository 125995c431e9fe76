"use client";
import {
	type ComponentProps,
	createContext,
	type FocusEvent,
	type KeyboardEvent,
	type ReactNode,
	useContext,
	useId,
	useMemo,
	useState,
} from "react";

type TabsState = {
	value: string;
	/** Goes before the names of tabs and panels in their ids. */
	prefix: string;
	open(value: string): void;
};

const TabsContext = createContext<TabsState | undefined>(undefined);

function useTabs(): TabsState {
	const tabs = useContext(TabsContext);
	if (!tabs) throw new Error("A tab and a panel stand inside Tabs.");
	return tabs;
}

const tabId = (prefix: string, value: string) => `${prefix}tab-${value}`;
const panelId = (prefix: string, value: string) => `${prefix}panel-${value}`;

type TabsProps = { value: string; onValueChange(value: string): void; children: ReactNode };

/** Panels of which one is open, by the tabs pattern of the ARIA authoring practices: a tab opens by Enter, Space or press. */
export function Tabs({ value, onValueChange, children }: TabsProps) {
	const prefix = useId();
	const tabs = useMemo(() => ({ value, prefix, open: onValueChange }), [value, prefix, onValueChange]);
	return <TabsContext value={tabs}>{children}</TabsContext>;
}

/** Which tab each key goes to from the one at `at`, of `count`. */
const STEPS: Record<string, (at: number, count: number) => number> = {
	ArrowRight: (at, count) => (at + 1) % count,
	ArrowLeft: (at, count) => (at + count - 1) % count,
	Home: () => 0,
	End: (_, count) => count - 1,
};

/** Has the tab that the focus is on, while it is on one: the list is one stop of the Tab key. */
const StopContext = createContext<string | undefined>(undefined);

/** The tabs in a row; arrows, Home and End move along them. */
export function TabList({
	children,
	...rest
}: Omit<ComponentProps<"div">, "role" | "onKeyDown" | "onFocus" | "onBlur">) {
	const [focused, setFocused] = useState<string>();
	const move = (event: KeyboardEvent<HTMLDivElement>) => {
		const step = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ? undefined : STEPS[event.key];
		const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
		const at = tabs.indexOf(event.target as HTMLElement);
		if (!step || at < 0) return;
		event.preventDefault();
		event.stopPropagation();
		tabs[step(at, tabs.length)]?.focus();
	};
	const leave = ({ currentTarget, relatedTarget }: FocusEvent) => {
		if (!currentTarget.contains(relatedTarget)) setFocused(undefined);
	};
	return (
		<div
			{...rest}
			role="tablist"
			onKeyDown={move}
			onFocus={({ target }) => setFocused(target.getAttribute("data-tab") ?? undefined)}
			onBlur={leave}
		>
			<StopContext value={focused}>{children}</StopContext>
		</div>
	);
}

type TabProps = { value: string; className?: string; children: ReactNode };

export function Tab({ value, className, children }: TabProps) {
	const { value: opened, prefix, open } = useTabs();
	const stop = useContext(StopContext) ?? opened;
	const isOpen = value === opened;
	return (
		<button
			type="button"
			role="tab"
			id={tabId(prefix, value)}
			aria-selected={isOpen}
			aria-controls={isOpen ? panelId(prefix, value) : undefined}
			tabIndex={value === stop ? 0 : -1}
			data-tab={value}
			className={className}
			onClick={() => open(value)}
		>
			{children}
		</button>
	);
}

type PanelProps = TabProps & {
	/** Stays in the document while another panel is open. */
	keepMounted?: boolean;
};

export function TabPanel({ value, keepMounted = false, className, children }: PanelProps) {
	const { value: opened, prefix } = useTabs();
	const isOpen = value === opened;
	if (!isOpen && !keepMounted) return;
	return (
		<div
			role="tabpanel"
			id={panelId(prefix, value)}
			aria-labelledby={tabId(prefix, value)}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that begins with text is a stop of the Tab key, by the pattern.
			tabIndex={0}
			hidden={!isOpen}
			className={className}
		>
			{children}
		</div>
	);
}
