"use client";
import { useCallback } from "react";
import type { TextPart } from "@/components/run/run-actions";
import { useRunDesk } from "@/components/run/use-run";
import { type LoadedText, useTextParts } from "@/components/run/use-text-parts";
import type { SourceView } from "@/lib/trajectory/source-view";

type Readable = Pick<SourceView, "url" | "hash" | "openedSeq">;
type ReadFrom = (from: number) => Promise<TextPart>;

/** How to read a source's text as the run read it: the stored page when there is one, else what the tool gave the model. */
export function useSourceReader(): (source: Readable) => ReadFrom | undefined {
	const { store, reading } = useRunDesk();
	return useCallback(
		({ hash, openedSeq }) => {
			if (hash !== undefined) return (from) => reading.readSource(store.runId, hash, from);
			return openedSeq === undefined ? undefined : (from) => reading.readBody(store.runId, openedSeq, from);
		},
		[store, reading],
	);
}

const UNREAD: ReadFrom = async () => ({ ok: true, text: "", chars: 0 });

/** A source's text, part by part. */
export function useSourceText(source: Readable): LoadedText {
	const read = useSourceReader()(source);
	return useTextParts(`source ${source.url} ${source.hash ?? source.openedSeq}`, read ?? UNREAD, read !== undefined);
}
