"use client";
import { Check, Clock } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Connection } from "./run-stream";
import { useNow } from "./use-now";
import { useRunWords } from "./use-run-words";

/** How long the good news stays. */
const CAUGHT_UP_MS = 6000;

/** Says when the line to the server is lost and when the page has caught up; nothing while all is well. */
export function ConnectionNote({ connection, onRetry }: { connection: Connection; onRetry(): void }) {
	const { t } = useRunWords();
	const [gone, setGone] = useState<Connection>();
	useEffect(() => {
		if (connection.kind !== "caughtUp") return;
		const timer = setTimeout(() => setGone(connection), CAUGHT_UP_MS);
		return () => clearTimeout(timer);
	}, [connection]);
	if (connection.kind === "lost" && connection.tries > 1)
		return <Lost retryAt={connection.retryAt} onRetry={onRetry} />;
	if (connection.kind === "refused") {
		return (
			<p role="alert" className="border-b border-line bg-error-tint px-4 py-2 text-[13px]/5 text-error desk:px-6">
				{connection.error}
			</p>
		);
	}
	if (connection.kind !== "caughtUp" || gone === connection || connection.events === 0) return;
	const { events, fromCall, toCall } = connection;
	return (
		<p
			role="status"
			className="flex items-center gap-2.5 border-b border-line bg-ok-tint px-4 py-2 text-[13px]/5 text-ok desk:px-6"
		>
			<Check size={14} strokeWidth={2} aria-hidden="true" />
			{toCall >= fromCall
				? t("caughtUpCalls", { n: events, from: fromCall, to: toCall })
				: t("caughtUp", { n: events })}
		</p>
	);
}

/** The seconds tick outside of what is announced. */
function Lost({ retryAt, onRetry }: { retryAt: number; onRetry(): void }) {
	const { t } = useRunWords();
	const now = useNow(true);
	const left = now === undefined ? 0 : Math.max(1, Math.ceil((retryAt - now) / 1000));
	return (
		<div className="flex items-center gap-2.5 border-b border-line bg-warn-tint px-4 py-2 text-[13px]/5 text-warn desk:px-6">
			<Clock size={14} strokeWidth={1.75} aria-hidden="true" className="flex-none" />
			<p className="flex-1">
				<strong role="status" className="font-semibold">
					{t("lost")}
				</strong>{" "}
				{t("lostDetail", { s: left })}
			</p>
			<Button size="sm" onClick={onRetry}>
				{t("tryNow")}
			</Button>
		</div>
	);
}
