import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RunsList } from "@/components/run/runs-list";
import { loadRuns } from "./actions";

const PAGE_SIZE = 30;
const MOST_LETTERS = 500;

export async function generateMetadata(): Promise<Metadata> {
	return { title: (await getTranslations("runs"))("title") };
}

/** Every run, searchable, newest first. */
export default async function RunsPage({ searchParams }: PageProps<"/runs">) {
	const { q, state } = await searchParams;
	const filter = {
		search: typeof q === "string" ? q.slice(0, MOST_LETTERS) : "",
		state: typeof state === "string" ? state.slice(0, 40) : "",
	};
	const first = await loadRuns({ ...filter, limit: PAGE_SIZE });
	return <RunsList first={first} filter={filter} load={loadRuns} size={PAGE_SIZE} />;
}
