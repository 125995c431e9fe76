"use client";
import { useEffect } from "react";
import type { CallRow } from "@/lib/trajectory/row";
import { proseOf } from "@/lib/trajectory/row";
import { splitThink } from "@/lib/trajectory/think";
import type { ForkOriginal } from "./fork-draft";
import { useNewest, useRunDesk } from "./use-run";
import { useTextParts } from "./use-text-parts";

/** Calls a fork may make when the budget is nearly used up. */
const MORE_CALLS = 25;

/** A call as it was recorded, whole; `isWhole` once its long texts are here. */
export function useForkOriginal(row: CallRow, call: number): ForkOriginal & { isWhole: boolean } {
	const { view } = useNewest();
	const { settings } = view;
	const reply = useWholeText(row.replySeq ?? 0);
	const result = useWholeText(row.resultSeq ?? 0);
	const split = splitThink(reply.text);
	const thought = longer(row.thought, split.reasoning.trim()) || longer(row.text, proseOf(split.visible));
	return {
		call,
		schema: settings?.tools.find(({ name }) => name === row.call.name)?.schema ?? {},
		thought,
		args: JSON.stringify(row.call.args, undefined, 2),
		result: result.isWhole ? result.text : row.result,
		preset: settings?.preset ?? "",
		model: settings?.model.id ?? "",
		calls: String(Math.max(MORE_CALLS, (settings?.limits.calls ?? 0) - call)),
		retention: "same",
		onlySites: settings?.sites?.only.join(", ") ?? "",
		neverSites: settings?.sites?.never.join(", ") ?? "",
		isWhole: reply.isWhole && result.isWhole,
	};
}

const longer = (a: string, b: string) => (b.length > a.length ? b : a);

/** The whole text of an event, part after part. */
function useWholeText(seq: number): { text: string; isWhole: boolean } {
	const { store, reading } = useRunDesk();
	const body = useTextParts(`fork ${seq}`, (from) => reading.readBody(store.runId, seq, from), true);
	const { text, hasMore, isLoading, more } = body;
	useEffect(() => {
		if (text !== undefined && hasMore && !isLoading) more();
	});
	return { text: text ?? "", isWhole: text !== undefined && !hasMore };
}
