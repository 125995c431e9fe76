import { Check, TriangleAlert } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { AskComposer } from "@/components/run/ask-composer";
import { Examples } from "@/components/run/examples";
import { RecentRuns } from "@/components/run/recent-runs";
import { listRuns } from "@/lib/db/runs";
import { type Health, health } from "@/lib/runner/health";
import { askSetUp } from "@/lib/runner/settings";
import { startRun } from "./actions";

const RECENT = 6;

/** Ask: the composer, examples this installation can answer, the newest runs, what was found here. */
export default async function AskPage({ searchParams }: PageProps<"/">) {
	const [t, found, setUp, { runs, total }, query] = await Promise.all([
		getTranslations("ask"),
		health(),
		askSetUp(),
		listRuns({ limit: RECENT }),
		searchParams,
	]);
	const question = typeof query.q === "string" ? query.q : "";
	return (
		<div className="mx-auto max-w-[944px] px-8 pt-14 pb-16 max-desk:px-4 max-desk:pt-6">
			<h1 className="mb-[18px] text-[28px]/[34px] tracking-[-0.022em] max-desk:text-[23px]/[29px]">{t("title")}</h1>
			<AskComposer key={question} setUp={setUp} start={startRun} question={question} />
			<Examples collections={setUp.collections.map(({ name }) => name)} />
			{runs.length > 0 && <RecentRuns runs={runs} total={total} />}
			<Found health={found} />
		</div>
	);
}

async function Found({ health: { engine, search, problems } }: { health: Health }) {
	const t = await getTranslations("ask");
	const lines = [engine.provider === "extractive" ? t("builtIn") : `${engine.id} · ${engine.detail}`];
	for (const { id, ok, detail } of search) if (ok) lines.push(id === "library" ? detail : `${id} · ${detail}`);
	return (
		<section aria-label={t("found")} className="mt-9 border-t border-line pt-3.5 text-[13px] text-ink-3">
			<ul className="flex flex-wrap gap-x-5 gap-y-1.5">
				{lines.map((line) => (
					<li key={line} className="inline-flex items-center gap-1.5">
						<Check size={14} className="text-ok" aria-hidden="true" />
						{line}
					</li>
				))}
			</ul>
			{problems.map(({ what, remedy }) => (
				<p key={what} className="mt-2 flex gap-1.5">
					<TriangleAlert size={14} className="mt-[3px] shrink-0 text-warn" aria-hidden="true" />
					<span>
						<span className="text-ink">{what}</span> {remedy}
					</span>
				</p>
			))}
		</section>
	);
}
