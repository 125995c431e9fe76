"use client";
import { memo } from "react";
import type { Citation } from "@/lib/trajectory/report";
import { CiteMark } from "./cite-mark";
import { ReportProse } from "./report-prose";

type MarkdownProps = { markdown: string; citations: readonly Citation[] };

/** A report on the run page, whose citations open what they rest on. */
export const ReportMarkdown = memo(function ReportMarkdown(props: MarkdownProps) {
	return <ReportProse {...props} cite={CiteMark} />;
});
