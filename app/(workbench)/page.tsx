import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { AskComposer } from "@/components/run/ask-composer";
import { Examples } from "@/components/run/examples";
import { RecentRuns } from "@/components/run/recent-runs";
import { askSetUp } from "@/lib/runner/settings";
import { startRun } from "./actions";
import { loadRuns } from "./runs/actions";
import { SetUp } from "./set-up";

const RECENT = 6;

/** Ask: the composer, examples this installation can answer, the newest runs, what was found here. */
export default async function AskPage({ searchParams }: PageProps<"/">) {
	const [t, setUp, recent, query] = await Promise.all([
		getTranslations("ask"),
		askSetUp(),
		loadRuns({ search: "", state: "", limit: RECENT }),
		searchParams,
	]);
	const question = typeof query.q === "string" ? query.q : "";
	return (
		<div className="mx-auto max-w-[944px] px-8 pt-14 pb-16 max-desk:px-4 max-desk:pt-6">
			<h1 className="mb-[18px] text-[28px]/[34px] tracking-[-0.022em] max-desk:mb-3.5 max-desk:text-[23px]/[29px]">
				{t("title")}
			</h1>
			<AskComposer key={question} setUp={setUp} start={startRun} question={question} />
			<Examples collections={setUp.collections.map(({ name }) => name)} />
			{recent.total > 0 && <RecentRuns first={recent} load={loadRuns} size={RECENT} />}
			<Suspense fallback={<p className="mt-10 text-[13px] text-ink-3">{t("setUp.looking")}</p>}>
				<SetUp isFirst={recent.total === 0} />
			</Suspense>
		</div>
	);
}
