"use client";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useNewest } from "@/components/run/use-run";
import { useRunPage } from "@/components/run/use-run-page";
import { useCommand } from "@/components/shell/use-commands";
import { DOCUMENT_FORMATS, type DocumentFormat } from "@/lib/trajectory/document";
import { useSaveDocument } from "./use-save-document";

type Exporting = ReturnType<typeof useSaveDocument>;

const ExportContext = createContext<Exporting | undefined>(undefined);

/** Taking the run's report along as a file, one at a time: from the report's menu, or from the palette on any pane. */
export function ExportRoom({ children }: { children: ReactNode }) {
	const { view } = useNewest();
	const { save, isBusy, problem } = useSaveDocument();
	const exporting = useMemo(() => ({ save, isBusy, problem }), [save, isBusy, problem]);
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
