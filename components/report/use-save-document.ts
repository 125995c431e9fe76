import { useCallback } from "react";
import { useDeed } from "@/components/run/use-deed";
import { useRunDesk } from "@/components/run/use-run";
import type { DocumentFormat } from "@/lib/trajectory/document";

/** Has a document of the run made and saved; `query` says what of it. One at a time; `problem` is why the last was not. */
export function useSaveDocument() {
	const { store } = useRunDesk();
	const { act, isBusy, setback } = useDeed();
	const { id } = store.summary;
	const save = useCallback(
		(format: DocumentFormat, query = "") =>
			act(async () => {
				const { fetchDocument, saveAs } = await import("./fetch-document");
				const fetched = await fetchDocument(id, `${format}${query}`);
				if (fetched.ok) saveAs(fetched.file, fetched.name);
				return fetched;
			}),
		[act, id],
	);
	return { save, isBusy, problem: setback?.message };
}
