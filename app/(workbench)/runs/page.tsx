import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RunsList } from "@/components/run/runs-list";
import { filterOf } from "@/components/run/runs-page";
import { loadRuns, loadTags } from "./actions";
import * as edits from "./edit-actions";

const PAGE_SIZE = 30;

export async function generateMetadata(): Promise<Metadata> {
	return { title: (await getTranslations("runs"))("title") };
}

/** Every run, searchable, newest first. */
export default async function RunsPage({ searchParams }: PageProps<"/runs">) {
	const filter = filterOf(await searchParams);
	const [first, tags] = await Promise.all([loadRuns({ ...filter, limit: PAGE_SIZE }), loadTags()]);
	const doors = { load: loadRuns, loadTags, ...edits };
	return <RunsList first={first} tags={tags} filter={filter} doors={doors} size={PAGE_SIZE} />;
}
