"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, Eye, EyeOff, FileQuestionMark, Hash, MessageSquareText, Undo2, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { ContextMessage, ContextView } from "@/lib/trajectory/context-view";
import type { Retention } from "@/lib/trajectory/settings";
import { toolKindOf } from "@/lib/trajectory/tool-kind";
import { ContextText } from "./context-text";
import { ToolGlyph } from "./tool-glyph";
import { useRunWords } from "./use-run-words";

type Line = ContextMessage | "fold";
type Props = { context: ContextView; onlyChange: boolean; retention: Retention | undefined; onWhole(): void };

/** The messages of a request, one a line; a line opens to its text as sent. Only lines in view are in the document. */
export function ContextList({ context, onlyChange, retention, onWhole }: Props) {
	const t = useTranslations("context");
	const pane = useRef<HTMLDivElement>(null);
	const [open, setOpen] = useState<string>();
	const lines = useMemo(() => linesOf(context, onlyChange), [context, onlyChange]);
	const list = useVirtualizer({
		count: lines.length,
		getScrollElement: () => pane.current,
		estimateSize: () => 30,
		getItemKey: (at) => keyOf(lines[at], at),
		overscan: 12,
	});
	// biome-ignore lint/correctness/useExhaustiveDependencies: a request is read from its end; another turn starts there anew.
	useEffect(() => {
		void list.scrollToIndex(lines.length - 1, { align: "end" });
	}, [list, context.turn, lines.length]);
	return (
		<div ref={pane} className="relative min-h-0 flex-1 overflow-y-auto [scrollbar-width:thin] max-desk:max-h-[70dvh]">
			{lines.length === 0 && <p className="px-6 py-4 text-ink-2">{t("noChange")}</p>}
			{/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a list without markers. */}
			<ol role="list" aria-label={t("list")} className="relative" style={{ height: list.getTotalSize() }}>
				{list.getVirtualItems().map(({ index, key, start }) => {
					const line = lines[index];
					return (
						<li
							key={key}
							ref={list.measureElement}
							data-index={index}
							aria-setsize={lines.length}
							aria-posinset={index + 1}
							className="absolute inset-x-0 top-0 border-b border-line"
							style={{ transform: `translateY(${start}px)` }}
						>
							{line === "fold" && context.folded && <Fold folded={context.folded} onOpen={onWhole} />}
							{line && line !== "fold" && (
								<Message
									message={line}
									isOpen={open === String(key)}
									onToggle={() => setOpen(open === String(key) ? undefined : String(key))}
								/>
							)}
							{line && line !== "fold" && open === String(key) && (
								<ContextText message={line} turn={context.turn} retention={retention} />
							)}
						</li>
					);
				})}
			</ol>
		</div>
	);
}

const keyOf = (line: Line | undefined, at: number): string => {
	if (line === undefined || line === "fold") return `fold ${at}`;
	return line.n === undefined ? `turn ${line.turn}` : `message ${line.n}`;
};

function linesOf({ messages, folded }: ContextView, onlyChange: boolean): Line[] {
	if (onlyChange) return messages.filter(({ change }) => change !== undefined);
	return folded ? [...messages.slice(0, 2), "fold", ...messages.slice(2)] : messages;
}

const GRID =
	"grid w-full grid-cols-[14px_44px_20px_84px_minmax(0,1fr)_92px_64px] items-center gap-x-3 px-6 text-left text-[13px]/5 max-desk:grid-cols-[14px_20px_minmax(0,1fr)_56px] max-desk:px-4";

function Fold({ folded, onOpen }: { folded: NonNullable<ContextView["folded"]>; onOpen(): void }) {
	const t = useTranslations("context");
	const { count } = useRunWords();
	return (
		<div className={cn(GRID, "min-h-[38px] text-ink-3")}>
			<span className="max-desk:hidden" />
			<span className="max-desk:hidden" />
			<span />
			<span className="col-span-3 max-desk:col-span-2">
				<Button variant="ghost" size="sm" className="-ml-2 whitespace-normal" onClick={onOpen}>
					<ChevronDown size={14} strokeWidth={1.5} aria-hidden="true" />
					{t("folded", folded)}
				</Button>
			</span>
			<span className="text-right tabular-nums">{count(folded.tokens)}</span>
		</div>
	);
}

type MessageProps = { message: ContextMessage; isOpen: boolean; onToggle(): void };

function Message({ message, isOpen, onToggle }: MessageProps) {
	const t = useTranslations("context");
	const { count } = useRunWords();
	const { n, kind, call, turn, state, change, head, tokens } = message;
	const who =
		call !== undefined && (kind === "reply" || kind === "result")
			? t(`ofCall.${kind}`, { n: call })
			: t(`kinds.${kind}`);
	return (
		<button
			type="button"
			aria-expanded={isOpen}
			onClick={onToggle}
			className={cn(
				GRID,
				"min-h-[30px] cursor-pointer py-1 hover:bg-hover focus-visible:outline-offset-[-2px]",
				change === "added" && "bg-ok-tint",
				change === "masked" && "bg-warn-tint",
			)}
		>
			<span className="font-semibold text-ink-2" aria-hidden="true">
				{change === "added" && "+"}
				{change === "masked" && "~"}
			</span>
			<span className="text-right text-[12px]/4 tabular-nums text-ink-3 max-desk:hidden">
				{n === undefined ? "–" : count(n)}
			</span>
			<Glyph message={message} />
			<span className="truncate text-ink-2 max-desk:hidden">{who}</span>
			<span
				className={cn(
					"min-w-0 truncate",
					state === "masked" && "text-ink-3 italic",
					state === "rolled_back" && "text-ink-3 line-through",
				)}
			>
				<span className="sr-only desk:hidden">{who}, </span>
				{head.replace(/\s+/g, " ")}
			</span>
			<span className="flex items-center gap-1.5 text-[12px]/4 text-ink-3 max-desk:hidden">
				<StateGlyph state={state} />
				{t(change === "masked" ? "states.just_masked" : `states.${state}`)}
				{change === "added" && <span className="sr-only">{t("states.added")}</span>}
			</span>
			<span
				className="text-right tabular-nums text-ink-2"
				title={turn === undefined ? undefined : t("turn", { n: turn })}
			>
				{state === "rolled_back" ? 0 : count(tokens)}
			</span>
		</button>
	);
}

const icon = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

function StateGlyph({ state }: Pick<ContextMessage, "state">) {
	if (state === "kept") return <Eye {...icon} />;
	return state === "masked" ? <EyeOff {...icon} /> : <Undo2 {...icon} />;
}

const KIND_GLYPHS = {
	system: Hash,
	task: FileQuestionMark,
	answer: MessageSquareText,
	failure_summary: MessageSquareText,
	reply: MessageSquareText,
	result: MessageSquareText,
	steer: UserRound,
};

function Glyph({ message: { kind, tool, state } }: { message: ContextMessage }) {
	if (state === "rolled_back") return <ToolGlyph glyph="rolledBack" />;
	if (tool !== undefined) return <ToolGlyph glyph={toolKindOf(tool)} />;
	if (kind === "steer") return <ToolGlyph glyph="person" />;
	const Icon = KIND_GLYPHS[kind];
	return (
		<span className="inline-grid size-5 place-items-center rounded-[4px] bg-ink-2/12 text-ink-2" aria-hidden="true">
			<Icon {...icon} />
		</span>
	);
}
