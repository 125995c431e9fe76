"use client";
import { lazy } from "react";
import { afterFirstRows } from "./first-rows";

/** Parts of the page that the first rows do not need: loaded when opened, or when the browser has nothing to do. */
const report = () => import("@/components/report/report-tab");
const sources = () => import("@/components/report/sources-tab");
const reader = () => import("@/components/report/source-reader");

/** What the first dialog, menu, panel or list would wait for. */
const popups = [
	() => import("@/components/ui/dialog-frame"),
	() => import("@/components/ui/menu-popup"),
	() => import("@/components/ui/popover-popup"),
	() => import("@/components/ui/select-popup"),
];

/** What the run's head, its line and its keys open. */
const onWish = [
	() => import("./line-loupe"),
	() => import("./group-row"),
	() => import("./small-forms"),
	() => import("./found-line"),
	() => import("./finding"),
	() => import("./open-row"),
	() => import("./remark-marks"),
	() => import("./said-rows"),
	() => import("./sub-agent"),
	() => import("./call-files"),
	() => import("@/components/report/fetch-document"),
	() => import("./run-menu-choices"),
	() => import("./run-menu-dialogs"),
];

const context = () => import("./context-tab");
const metrics = () => import("./metrics-tab");
const inspector = () => import("./workbench-inspector");

export const Inspector = lazy(async () => ({ default: (await afterFirstRows(inspector)).WorkbenchInspector }));
export const ContextTab = lazy(async () => ({ default: (await context()).ContextTab }));
export const MetricsTab = lazy(async () => ({ default: (await metrics()).MetricsTab }));
export const ReportTab = lazy(async () => ({ default: (await report()).ReportTab }));
export const SourcesTab = lazy(async () => ({ default: (await sources()).SourcesTab }));
export const SourceReader = lazy(async () => ({ default: (await reader()).SourceReader }));

export const SubAgent = lazy(async () => ({ default: (await import("./sub-agent")).SubAgent }));

/** The first rows, and the first key that is pressed, come before what may never be opened. */
const QUIET_MS = 1000;

/** Fetches the lazy parts ahead of need; returns the way to call it off. */
export function fetchPanesWhenIdle(): () => void {
	const fetchAll = () =>
		void Promise.all([report, sources, reader, ...popups, ...onWish].map((fetchOne) => fetchOne()));
	let idle: number | undefined;
	const timer = setTimeout(() => {
		if ("requestIdleCallback" in globalThis) idle = requestIdleCallback(fetchAll, { timeout: 10_000 });
	}, QUIET_MS);
	return () => {
		clearTimeout(timer);
		if (idle !== undefined) cancelIdleCallback(idle);
	};
}
