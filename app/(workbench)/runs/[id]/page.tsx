import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { lookOf } from "@/components/run/look-query";
import { placeOf } from "@/components/run/place";
import { RunPage } from "@/components/run/run-page";
import { hasForks, readSummary } from "@/lib/db/runs";
import { seesImages } from "@/lib/runner/settings";
import { openingOf } from "@/lib/runner/watch";
import * as actions from "./actions";
import * as contextActions from "./context-actions";
import { firstRowsAt } from "./first-rows";
import * as forkActions from "./fork-actions";
import * as shareActions from "./share-actions";

type Props = PageProps<"/runs/[id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
	const summary = await readSummary((await params).id);
	return summary ? { title: summary.title.slice(0, 120) } : {};
}

/** One run. The header comes with the page, and its first rows or the beginning of its past; the rest follows on the stream. */
export default async function Page({ params, searchParams }: Props) {
	const summary = await readSummary((await params).id);
	if (!summary) notFound();
	const query = await searchParams;
	const place = placeOf(query);
	const look = lookOf(query);
	const first = await firstRowsAt(summary, place, look);
	return (
		<RunPage
			key={summary.id}
			summary={summary}
			place={place}
			look={look}
			actions={{ ...actions, ...contextActions, ...forkActions, ...shareActions }}
			first={first}
			opening={first ? undefined : openingOf(summary.id)}
			hasForks={await hasForks(summary.id)}
			seesImages={seesImages()}
		/>
	);
}
