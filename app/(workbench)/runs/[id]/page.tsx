import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { lookOf } from "@/components/run/look-query";
import { placeOf } from "@/components/run/place";
import { RunPage } from "@/components/run/run-page";
import { readSummary } from "@/lib/db/runs";
import { seesImages } from "@/lib/runner/settings";
import { openingOf } from "@/lib/runner/watch";
import * as actions from "./actions";
import * as contextActions from "./context-actions";
import * as forkActions from "./fork-actions";
import * as shareActions from "./share-actions";

type Props = PageProps<"/runs/[id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
	const summary = await readSummary((await params).id);
	return summary ? { title: summary.title.slice(0, 120) } : {};
}

/** One run. The header and the beginning of its past come with the page; the rest follows on the stream. */
export default async function Page({ params, searchParams }: Props) {
	const summary = await readSummary((await params).id);
	if (!summary) notFound();
	const query = await searchParams;
	return (
		<RunPage
			key={summary.id}
			summary={summary}
			place={placeOf(query)}
			look={lookOf(query)}
			actions={{ ...actions, ...contextActions, ...forkActions, ...shareActions }}
			opening={openingOf(summary.id)}
			seesImages={seesImages()}
		/>
	);
}
