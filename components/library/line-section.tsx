"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useDeed } from "@/components/run/use-deed";
import { Button } from "@/components/ui/button";
import { Problem } from "@/components/ui/problem";
import type { Tone } from "@/components/ui/status";
import { INTAKE_STATES, type IntakeState, type Intakes, type LibraryIntake } from "@/lib/trajectory/library-view";
import type { LibraryDoors } from "./library-doors";
import { LineRow } from "./line-row";
import { forgetFailed, sendAgain, type Upload, type Uploads } from "./upload-store";
import { useSize } from "./use-size";

const FEW = 6;
const UPLOAD_TONES: Record<Upload["state"], Tone> = { queued: "idle", sending: "live", failed: "failed" };
const TONES: Record<IntakeState, Tone> = { waiting: "idle", reading: "live", added: "ok", failed: "failed" };

type Props = {
	uploads: Uploads;
	intakes: Intakes;
	isLost: boolean;
	look(): Promise<void>;
	doors: Pick<LibraryDoors, "retry" | "dismiss">;
	/** Among results of a search, what is done would only stand in the way. */
	onlyMoving: boolean;
};

/** The files on their way into the library, those that failed first; nothing when there are none. */
export function LineSection({ uploads, intakes, isLost, look, doors, onlyMoving }: Props) {
	const t = useTranslations("library.line");
	const { act, setback, isBusy } = useDeed();
	const [isWhole, setWhole] = useState(false);
	const { left, failed } = uploads;
	const { shown, counts } = intakes;
	const moves = left + counts.waiting + counts.reading > 0;
	if (shown.length + left + failed.length === 0 || (onlyMoving && !moves)) return;
	const again = () => void look();
	const dismiss = (ids: string[]) => act(() => doors.dismiss(ids), again);
	const rows = [
		...[...failed, ...uploads.sending, ...uploads.queued].map((upload) => (
			<UploadRow key={`up ${upload.key}`} upload={upload} />
		)),
		...shown.map((intake) => (
			<IntakeRow
				key={intake.id}
				intake={intake}
				onRetry={() => act(() => doors.retry(intake.id), again)}
				onDismiss={() => dismiss([intake.id])}
			/>
		)),
	];
	const done = shown.filter(({ state }) => state === "added" || state === "failed");
	/** Once all is done, only what needs somebody is told at length. */
	const troubled = failed.length + shown.filter(({ state, skipped }) => state === "failed" || skipped > 0).length;
	const seen = isWhole ? rows : rows.slice(0, moves ? FEW : Math.min(FEW, troubled));
	const all = left + failed.length + Object.values(counts).reduce((sum, n) => sum + n, 0);
	return (
		<section aria-labelledby="line" className="mb-6 rounded-[10px] border border-line bg-surface px-4 pt-3 pb-1.5">
			<div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
				<h2 id="line" className="text-[14px]/5">
					{t(moves ? "title" : "titleDone")}
				</h2>
				<Counts counts={counts} failed={failed.length} />
				{done.length + failed.length > 0 && (
					<Button
						variant="ghost"
						size="sm"
						className="ml-auto"
						disabled={isBusy}
						onClick={() => {
							forgetFailed(failed.map(({ key }) => key));
							dismiss(done.map(({ id }) => id));
						}}
					>
						{t("clearDone")}
					</Button>
				)}
			</div>
			{left > 0 && <p className="mt-0.5 text-[12px]/4 text-warn">{t("sending", { n: left })}</p>}
			{left === 0 && moves && <p className="mt-0.5 text-[12px]/4 text-ink-3">{t("after")}</p>}
			<Problem text={setback?.message ?? (isLost ? t("lost") : undefined)} />
			<ul className="mt-1 empty:hidden">{seen}</ul>
			{rows.length > seen.length ? (
				<Button variant="ghost" size="sm" className="mb-1.5" onClick={() => setWhole(true)}>
					{t("showAll", { n: rows.length - seen.length })}
				</Button>
			) : (
				all > rows.length && (
					<p className="border-t border-line py-2 text-[12px]/4 text-ink-3">{t("andMore", { n: all - rows.length })}</p>
				)
			)}
		</section>
	);
}

/** `2 read · 20 wait · 14 added · 3 not added`; only what there is. */
function Counts({ counts, failed }: { counts: Intakes["counts"]; failed: number }) {
	const t = useTranslations("library.line.counts");
	const whole = { ...counts, failed: counts.failed + failed };
	const told = INTAKE_STATES.filter((state) => whole[state] > 0).map((state) => t(state, { n: whole[state] }));
	return (
		<p role="status" className="text-[12px]/4 text-ink-2 tabular-nums">
			{told.join(" · ")}
		</p>
	);
}

function UploadRow({ upload }: { upload: Upload }) {
	const t = useTranslations("library.line");
	const size = useSize();
	const { name, collection, state, sent, file, why } = upload;
	const isFailed = state === "failed";
	return (
		<LineRow
			name={name}
			collection={collection}
			tone={UPLOAD_TONES[state]}
			state={t(`state.${state}`, { sent: size(Math.min(sent, file.size)), total: size(file.size) })}
			why={isFailed ? why || t("unreachable") : ""}
			onRetry={isFailed ? () => sendAgain(upload) : undefined}
			onDismiss={isFailed ? () => forgetFailed([upload.key]) : undefined}
		/>
	);
}

function IntakeRow({ intake, onRetry, onDismiss }: { intake: LibraryIntake; onRetry(): void; onDismiss(): void }) {
	const t = useTranslations("library.line.state");
	const { name, collection, state, read, skipped, why, unread } = intake;
	const isPartly = state === "added" && skipped > 0;
	return (
		<LineRow
			name={name}
			collection={collection}
			tone={isPartly ? "capped" : TONES[state]}
			state={isPartly ? t("partly", { skipped }) : t(state, { n: read })}
			why={why}
			unread={unread}
			skipped={skipped > 1 || isPartly ? skipped : 0}
			onRetry={state === "failed" ? onRetry : undefined}
			onDismiss={onDismiss}
		/>
	);
}
