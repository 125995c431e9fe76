"use client";
import { useRunDesk } from "@/components/run/use-run";
import { type LoadedText, useTextParts } from "@/components/run/use-text-parts";
import type { SourceView } from "@/lib/trajectory/source-view";

type Readable = Pick<SourceView, "url" | "hash" | "openedSeq">;

/** A source's text as the run read it: the stored page when there is one, else what the tool gave the model. */
export function useSourceText({ url, hash, openedSeq }: Readable): LoadedText {
	const { store, reading } = useRunDesk();
	const read = (from: number) => {
		if (hash !== undefined) return reading.readSource(store.runId, hash, from);
		return reading.readBody(store.runId, openedSeq ?? 0, from);
	};
	return useTextParts(`source ${url} ${hash ?? openedSeq}`, read, hash !== undefined || openedSeq !== undefined);
}
