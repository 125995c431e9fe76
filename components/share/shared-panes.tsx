"use client";
import { lazy } from "react";

/** Panes of a shared run that its report does not need. */
export const Inspector = lazy(async () => ({ default: (await import("@/components/run/inspector")).Inspector }));
export const MetricsTab = lazy(async () => ({ default: (await import("@/components/run/metrics-tab")).MetricsTab }));
export const SourcesTab = lazy(async () => ({ default: (await import("@/components/report/sources-tab")).SourcesTab }));
export const SourceReader = lazy(async () => ({
	default: (await import("@/components/report/source-reader")).SourceReader,
}));
