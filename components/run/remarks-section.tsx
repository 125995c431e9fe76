"use client";
import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { TextArea } from "@/components/ui/field";
import { Problem } from "@/components/ui/problem";
import type { Judgement } from "@/lib/trajectory/notes";
import { Section } from "./inspector-section";
import { useNewest } from "./use-run";
import { useRunWords } from "./use-run-words";
import { useSaid } from "./use-said";

/** Judgement and notes of a row, or of the run where `target` is 0. */
export function RemarksSection({ target }: { target: number }) {
	const t = useTranslations("fork");
	const { format } = useRunWords();
	const { view } = useNewest();
	const { say, isBusy, problem } = useSaid();
	const notes = view.remarks.notes.get(target) ?? [];
	const label = view.remarks.labels.get(target);
	const about = target === 0 ? {} : { target };
	const judge = (next: Judgement) =>
		say({ type: "note.added", ...about, text: "", label: label === next ? "none" : next });
	return (
		<Section
			name={t("notes")}
			aside={
				<span className="flex gap-1">
					<Judge judgement="good" label={label} onJudge={judge} isBusy={isBusy} />
					<Judge judgement="bad" label={label} onJudge={judge} isBusy={isBusy} />
				</span>
			}
		>
			{notes.length > 0 && (
				<ul className="mb-2.5 grid gap-2">
					{notes.map(({ seq, at, text }) => (
						<li
							key={seq}
							className="border-l-2 border-line-2 pl-2.5 text-[13px]/5 whitespace-pre-wrap [overflow-wrap:anywhere]"
						>
							{text}
							<span className="block text-[12px]/4 text-ink-3">
								{format.dateTime(at, { dateStyle: "medium", timeStyle: "short" })}
							</span>
						</li>
					))}
				</ul>
			)}
			<NoteBox key={target} isBusy={isBusy} onAdd={(text, done) => say({ type: "note.added", ...about, text }, done)} />
			<Problem text={problem} />
		</Section>
	);
}

const GLYPHS = { good: ThumbsUp, bad: ThumbsDown };

type JudgeProps = {
	judgement: Judgement;
	label: Judgement | undefined;
	onJudge(judgement: Judgement): void;
	isBusy: boolean;
};

function Judge({ judgement, label, onJudge, isBusy }: JudgeProps) {
	const t = useTranslations("fork");
	const Glyph = GLYPHS[judgement];
	const isOn = label === judgement;
	return (
		<Button
			size="sm"
			variant={isOn ? "default" : "ghost"}
			aria-pressed={isOn}
			disabled={isBusy}
			onClick={() => onJudge(judgement)}
			className={cn(isOn && (judgement === "good" ? "text-ok" : "text-error"))}
		>
			<Glyph size={13} strokeWidth={1.75} className={cn(isOn && "fill-current/20")} aria-hidden="true" />
			{t(`labels.${judgement}`)}
		</Button>
	);
}

/** Enter with Ctrl or Cmd adds the note. */
function NoteBox({ isBusy, onAdd }: { isBusy: boolean; onAdd(text: string, done: () => void): void }) {
	const t = useTranslations("fork");
	const [text, setText] = useState("");
	const add = () => {
		if (text.trim() !== "") onAdd(text, () => setText(""));
	};
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add();
	};
	return (
		<form action={add}>
			<TextArea
				value={text}
				onChange={setText}
				onKeyDown={keys}
				hidesLabel
				label={t("addNote")}
				placeholder={t("addNote")}
				maxLength={20_000}
				className="min-h-9!"
			/>
			{text.trim() !== "" && (
				<Button type="submit" size="sm" className="mt-1.5" disabled={isBusy}>
					{t("add")}
				</Button>
			)}
		</form>
	);
}
