"use client";
import { lazy } from "react";

/** Parts of the page that the first rows do not need: loaded when opened, or when the browser has nothing to do. */
const report = () => import("@/components/report/report-tab");
const sources = () => import("@/components/report/sources-tab");
const reader = () => import("@/components/report/source-reader");

const context = () => import("./context-tab");
const metrics = () => import("./metrics-tab");
const inspector = () => import("./workbench-inspector");

export const Inspector = lazy(async () => ({ default: (await inspector()).WorkbenchInspector }));
export const ContextTab = lazy(async () => ({ default: (await context()).ContextTab }));
export const MetricsTab = lazy(async () => ({ default: (await metrics()).MetricsTab }));
export const ReportTab = lazy(async () => ({ default: (await report()).ReportTab }));
export const SourcesTab = lazy(async () => ({ default: (await sources()).SourcesTab }));
export const SourceReader = lazy(async () => ({ default: (await reader()).SourceReader }));

/** Fetches the lazy parts ahead of need; returns the way to call it off. */
export function fetchPanesWhenIdle(): () => void {
	const fetchAll = () => void Promise.all([report(), sources(), reader()]);
	if (!("requestIdleCallback" in globalThis)) return () => undefined;
	const handle = requestIdleCallback(fetchAll, { timeout: 10_000 });
	return () => cancelIdleCallback(handle);
}
