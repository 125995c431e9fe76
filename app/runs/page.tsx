import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { RunsFilterBar } from "@/components/run/runs-filter";
import { RunsTable } from "@/components/run/runs-table";
import { listRuns } from "@/lib/db/runs";
import { loadRuns } from "./actions";

const FIRST_PAGE = 30;

export async function generateMetadata(): Promise<Metadata> {
	return { title: (await getTranslations("runs"))("title") };
}

/** Every run, searchable, newest first. */
export default async function RunsPage({ searchParams }: PageProps<"/runs">) {
	const [t, query] = await Promise.all([getTranslations("runs"), searchParams]);
	const filter = {
		search: typeof query.q === "string" ? query.q : "",
		state: typeof query.state === "string" ? query.state : "",
	};
	const [page, all, going] = await Promise.all([
		listRuns({ ...filter, limit: FIRST_PAGE }),
		listRuns({ limit: 1 }),
		listRuns({ state: "running", limit: 1 }),
	]);
	return (
		<div className="mx-auto max-w-[1376px] px-16 pt-8 pb-16 max-desk:px-4 max-desk:pt-5">
			<div className="mb-5 flex items-end gap-4">
				<div className="flex-1">
					<h1 className="text-[22px]/7">{t("title")}</h1>
					<p className="mt-0.5 text-ink-2">{t("count", { total: all.total, going: going.total })}</p>
				</div>
				<Link
					href="/"
					className="inline-flex h-8 items-center gap-1.5 rounded-md bg-accent px-3 text-[13px] font-medium text-accent-ink hover:bg-accent-hover max-desk:h-10"
				>
					<Plus size={16} strokeWidth={1.75} aria-hidden="true" />
					{t("new")}
				</Link>
			</div>
			<RunsFilterBar filter={filter} />
			<RunsTable key={`${filter.search} ${filter.state}`} first={page} filter={filter} load={loadRuns} />
		</div>
	);
}
