"use client";
import { useRunView } from "./use-run";

export function ContextTab() {
	const { view } = useRunView();
	return <div className="p-6">{view.calls}</div>;
}
