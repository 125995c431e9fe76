"use client";
import type { ContextMessage } from "@/lib/trajectory/context-view";
import { isTurnRow } from "@/lib/trajectory/row";
import type { Retention } from "@/lib/trajectory/settings";
import { ShowMore } from "./show-more";
import { useRunActions, useRunDesk, useRunView } from "./use-run";
import { useTextParts } from "./use-text-parts";

type Props = { message: ContextMessage; turn: number; retention: Retention | undefined };

/** A message's text exactly as the model got it, in parts; of a rolled-back reply, as the model wrote it. */
export function ContextText({ message, turn, retention }: Props) {
	const { store } = useRunDesk();
	const actions = useRunActions();
	const { view } = useRunView();
	const { n } = message;
	const row = view.rows.find((each) => isTurnRow(each) && each.turn === message.turn);
	const seq = isTurnRow(row) ? row.replySeq : undefined;
	const key = `${turn} ${n ?? `reply ${message.turn}`} ${JSON.stringify(retention)}`;
	const read = (from: number) => {
		const query = { run: store.runId, turn, ...(retention && { retention }) };
		return n === undefined
			? actions.readBody(store.runId, seq ?? 0, from)
			: actions.readContextText({ ...query, n, from });
	};
	const body = useTextParts(key, read, true);
	return (
		<div className="px-6 pt-1 pb-3 desk:pl-[88px] max-desk:px-4">
			<div className="max-h-[420px] overflow-y-auto rounded-md border border-line bg-sunk px-3 py-2.5 font-mono text-[12.5px]/[19px] whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">
				{body.text ?? message.head}
			</div>
			<ShowMore body={body} />
		</div>
	);
}
