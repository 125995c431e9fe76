import { useCallback } from "react";
import { useDeed } from "@/components/run/use-deed";
import { useRunDesk } from "@/components/run/use-run";
import type { DocumentFormat } from "@/lib/trajectory/document";

type FetchedDocument = { ok: true; file: Blob; name: string } | { ok: false; error: string };

/** Has a document of the run made and saved; `query` says what of it. One at a time; `problem` is why the last was not. */
export function useSaveDocument() {
	const { store } = useRunDesk();
	const { act, isBusy, setback } = useDeed();
	const { id } = store.summary;
	const save = useCallback(
		(format: DocumentFormat, query = "") =>
			act(
				() => fetchDocument(id, `${format}${query}`),
				({ file, name }: Extract<FetchedDocument, { ok: true }>) => saveAs(file, name),
			),
		[act, id],
	);
	return { save, isBusy, problem: setback?.message };
}

async function fetchDocument(run: string, path: string): Promise<FetchedDocument> {
	const response = await fetch(`/api/runs/${encodeURIComponent(run)}/export/${path}`);
	if (response.ok) return { ok: true, file: await response.blob(), name: nameOf(response.headers) };
	const { error }: { error: string } = await response.json();
	return { ok: false, error };
}

/** The name that the server gives: of a shared copy its own title, since the run's may be what was to be taken out. */
function nameOf(headers: Headers): string {
	const [, encoded = ""] = /filename\*=UTF-8''(\S+)/.exec(headers.get("content-disposition") ?? "") ?? [];
	return decodeURIComponent(encoded);
}

function saveAs(file: Blob, name: string): void {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(file);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
