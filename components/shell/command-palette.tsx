"use client";
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { KeyCaps } from "./key-caps";
import { COMMAND_GROUPS, type CommandGroup } from "./key-presses";
import { type FindRuns, useCommands } from "./use-commands";

type Entry = { value: string; label: string; keys?: readonly string[]; isRun: boolean; run(): void };
type Group = { value: CommandGroup | "runs"; items: Entry[] };
type Props = {
	isOpen: boolean;
	/** What is looked for so far. */
	text: string;
	onText(text: string): void;
	onClose(): void;
	findRuns: FindRuns;
};

const QUIET_MS = 120;

/** Runs and actions by name. What the page offers comes first, then the runs whose question, title or tags match. */
export function CommandPalette({ isOpen, onClose, ...choices }: Props) {
	const t = useTranslations("commands");
	return (
		<Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
			<Dialog.Portal>
				<Dialog.Backdrop className="fixed inset-0 z-40 bg-ink/20 dark:bg-black/50" />
				<Dialog.Popup
					aria-label={t("palette")}
					className="fixed top-[12dvh] left-1/2 z-50 flex max-h-[min(560px,76dvh)] w-[min(640px,calc(100vw-24px))] -translate-x-1/2 flex-col overflow-hidden rounded-[10px] border border-line-2 bg-surface shadow-float outline-none"
				>
					{isOpen && <Choices onClose={onClose} {...choices} />}
					<Dialog.Close className="sr-only">{t("close")}</Dialog.Close>
				</Dialog.Popup>
			</Dialog.Portal>
		</Dialog.Root>
	);
}

function Choices({ text, onText, onClose, findRuns }: Omit<Props, "isOpen">) {
	const t = useTranslations("commands");
	const { groups, isLost } = useGroups(text, findRuns);
	const choose = (entry: Entry) => {
		onClose();
		// After the dialog has given the focus back, so that what opens next may take it.
		setTimeout(entry.run, 0);
	};
	return (
		<Autocomplete.Root
			open
			inline
			items={groups}
			value={text}
			onValueChange={(value, { reason }) => reason !== "item-press" && onText(value)}
			filter={(entry: Entry, query) => entry.isRun || holds(entry.label, query)}
			itemToStringValue={(entry: Entry) => entry.label}
			autoHighlight="always"
			keepHighlight
		>
			<div className="flex items-center gap-2.5 border-b border-line px-4">
				<Search size={16} strokeWidth={1.5} className="flex-none text-ink-3" aria-hidden="true" />
				<Autocomplete.Input
					aria-label={t("search")}
					placeholder={t("placeholder")}
					className="h-12 min-w-0 flex-1 bg-transparent text-[15px]/6 outline-none"
				/>
			</div>
			<div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5">
				<Autocomplete.Empty>
					<p className="px-2.5 py-4 text-[13px]/5 text-ink-2 empty:hidden">{t("nothing", { text })}</p>
				</Autocomplete.Empty>
				<Autocomplete.List>
					{(group: Group) => (
						<Autocomplete.Group key={group.value} items={group.items}>
							<Autocomplete.GroupLabel className="px-2.5 pt-2.5 pb-1 text-[12px]/4 text-ink-3">
								{t(`groups.${group.value}`)}
							</Autocomplete.GroupLabel>
							<Autocomplete.Collection>
								{(entry: Entry) => (
									<Autocomplete.Item
										key={entry.value}
										value={entry}
										onClick={() => choose(entry)}
										className="flex min-h-8 cursor-default items-center gap-3 rounded-md px-2.5 py-1 text-[13px]/5 outline-none data-highlighted:bg-hover max-desk:min-h-11"
									>
										<span className="min-w-0 flex-1 truncate">{entry.label}</span>
										{entry.keys && <KeyCaps keys={entry.keys} />}
									</Autocomplete.Item>
								)}
							</Autocomplete.Collection>
						</Autocomplete.Group>
					)}
				</Autocomplete.List>
				{isLost && (
					<p role="alert" className="px-2.5 py-2 text-[12px]/4 text-error">
						{t("lost")}
					</p>
				)}
			</div>
		</Autocomplete.Root>
	);
}

const holds = (label: string, query: string): boolean => {
	const text = label.toLowerCase();
	return query
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
};

function useGroups(text: string, findRuns: FindRuns): { groups: Group[]; isLost: boolean } {
	const { commands } = useCommands();
	const router = useRouter();
	const [runs, setRuns] = useState<Entry[]>([]);
	const [isLost, setLost] = useState(false);
	useEffect(() => {
		let isNewest = true;
		const ask = async () => {
			const found = await findRuns(text).catch(() => undefined);
			if (!isNewest) return;
			setLost(found === undefined);
			setRuns(
				(found ?? []).map(({ id, title }) => ({
					value: `run ${id}`,
					label: title,
					isRun: true,
					run: () => router.push(`/runs/${id}`),
				})),
			);
		};
		const timer = setTimeout(() => void ask(), QUIET_MS);
		return () => {
			isNewest = false;
			clearTimeout(timer);
		};
	}, [text, findRuns, router]);
	const offered = [...commands.values()].filter(({ keyOnly }) => !keyOnly);
	const groups: Group[] = COMMAND_GROUPS.map((group) => ({
		value: group,
		items: offered
			.filter((command) => command.group === group)
			.map(({ id, label, keys, run }) => ({ value: id, label, isRun: false, run, ...(keys && { keys }) })),
	}));
	const all: Group[] = [...groups, { value: "runs", items: runs }];
	return { groups: all.filter(({ items }) => items.length > 0), isLost };
}
