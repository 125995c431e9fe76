"use client";
import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { useCopied } from "@/components/ui/use-copied";
import { CallActions } from "./call-actions";
import { EditAndFork } from "./edit-and-fork";
import { FamilySection } from "./family-section";
import { Inspector } from "./inspector";
import { Section } from "./inspector-section";
import { RemarksSection } from "./remarks-section";
import { ReproduceCard } from "./reproduce-card";
import { type RunSlots, RunSlotsContext, useRunSlots } from "./run-slots";
import { TagsEditor } from "./tags-editor";
import { useRunWords } from "./use-run-words";
import { WhatItMayUse } from "./what-it-may-use";

const INSPECTOR_SLOTS: RunSlots = {
	copyLink: <CopyLink />,
	callActions: (row) => <CallActions row={row} />,
	callPart: (row, part) => <EditAndFork row={row} part={part} />,
	remarks: (target) => <RemarksSection target={target} />,
	aboutRun: <AboutRunHere />,
};

/** The inspector with all that can be done from it. */
export function WorkbenchInspector({ onStep }: { onStep(by: 1 | -1): void }) {
	const slots = useRunSlots();
	const filled = useMemo(() => ({ ...slots, ...INSPECTOR_SLOTS }), [slots]);
	return (
		<RunSlotsContext value={filled}>
			<Inspector onStep={onStep} />
		</RunSlotsContext>
	);
}

/** What this installation knows of a run beyond what it did. */
function AboutRunHere() {
	const t = useTranslations("fork");
	return (
		<>
			<WhatItMayUse />
			<Section name={t("tags")}>
				<TagsEditor />
			</Section>
			<RemarksSection target={0} />
			<FamilySection />
			<ReproduceCard />
		</>
	);
}

/** Copies the address, which holds the chosen row. */
function CopyLink() {
	const { t } = useRunWords();
	const [copied, copy] = useCopied();
	return (
		<>
			<Button
				variant="ghost"
				size="icon-sm"
				aria-label={t("copyLink")}
				title={t("copyLink")}
				onClick={() => copy(location.href)}
			>
				<Link2 size={16} strokeWidth={1.5} aria-hidden="true" />
			</Button>
			<span role="status" className="sr-only">
				{copied && t("linkCopied")}
			</span>
		</>
	);
}
