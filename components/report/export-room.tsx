"use client";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useDeed } from "@/components/run/use-deed";
import { useNewest, useRunDesk } from "@/components/run/use-run";
import { useRunPage } from "@/components/run/use-run-page";
import { useCommand } from "@/components/shell/use-commands";
import { DOCUMENT_FORMATS, type DocumentFormat, documentName } from "@/lib/trajectory/document";

type Exporting = {
	save: (format: DocumentFormat, query?: string) => void;
	isBusy: boolean;
	/** Why the last one was not made. */
	problem: string | undefined;
};
type FetchedDocument = { ok: true; file: Blob } | { ok: false; error: string };

const ExportContext = createContext<Exporting | undefined>(undefined);

/** Taking the run's report along as a file, one at a time: from the report's menu, or from the palette on any pane. */
export function ExportRoom({ children }: { children: ReactNode }) {
	const { store } = useRunDesk();
	const { view } = useNewest();
	const { act, isBusy, setback } = useDeed();
	const { id } = store.summary;
	const title = view.title || store.summary.title;
	const exporting = useMemo(
		() => ({
			save: (format: DocumentFormat, query = "") =>
				act(
					() => fetchDocument(id, `${format}${query}`),
					({ file }: Extract<FetchedDocument, { ok: true }>) => saveAs(file, documentName(title, format)),
				),
			isBusy,
			problem: setback?.message,
		}),
		[act, id, title, isBusy, setback],
	);
	return (
		<ExportContext value={exporting}>
			{children}
			{view.answer && DOCUMENT_FORMATS.map((format) => <ExportCommand key={format} format={format} />)}
		</ExportContext>
	);
}

export function useExport(): Exporting {
	const exporting = useContext(ExportContext);
	if (!exporting) throw new Error("Exports need the run page around them.");
	return exporting;
}

/** Opens the report as well: there it is said how it goes. */
function ExportCommand({ format }: { format: DocumentFormat }) {
	const t = useTranslations("documents");
	const { openTab } = useRunPage();
	const { save } = useExport();
	const run = () => {
		openTab("report");
		save(format);
	};
	useCommand({ group: "run", id: `export ${format}`, label: t("command", { name: t(format) }), run });
	return null;
}

async function fetchDocument(run: string, path: string): Promise<FetchedDocument> {
	const response = await fetch(`/api/runs/${encodeURIComponent(run)}/export/${path}`);
	if (response.ok) return { ok: true, file: await response.blob() };
	const { error }: { error: string } = await response.json();
	return { ok: false, error };
}

function saveAs(file: Blob, name: string): void {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(file);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
