"use client";
import { useRunView } from "./use-run";

export function MetricsTab() {
	const { view } = useRunView();
	return <div className="p-6">{view.calls}</div>;
}
