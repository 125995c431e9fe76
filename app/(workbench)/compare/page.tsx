import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { briefOf } from "@/components/compare/brief";
import { ComparisonView } from "@/components/compare/comparison";
import { type Picking, RunPicker } from "@/components/compare/run-picker";
import { LatePart } from "@/components/shell/late-part";
import { readSlimEvents } from "@/lib/db/events";
import { listRuns, readSummary } from "@/lib/db/runs";
import type { Both } from "@/lib/trajectory/align";
import { compareRuns } from "@/lib/trajectory/compare";
import type { RunSummary } from "@/lib/trajectory/packet";
import { viewOf } from "@/lib/trajectory/view";

const CHOICES = 30;
const MOST_LETTERS = 500;

type Props = PageProps<"/compare">;

export async function generateMetadata(): Promise<Metadata> {
	return { title: (await getTranslations("compare"))("pageTitle") };
}

/** Two runs compared, or the choice of which. */
export default async function ComparePage({ searchParams }: Props) {
	const { a, b, q } = await searchParams;
	const named = { a: textOf(a, 100), b: textOf(b, 100) };
	const [left, right] = await Promise.all([named.a && readSummary(named.a), named.b && readSummary(named.b)]);
	return (
		<div className="mx-auto max-w-[1376px] px-8 pt-8 pb-20 max-desk:px-4 max-desk:pt-5 max-desk:pb-12">
			{left && right && left.id !== right.id ? (
				<Suspense key={`${left.id} ${right.id}`} fallback={<Comparing a={left} b={right} />}>
					<LatePart>
						<Compared a={left} b={right} />
					</LatePart>
				</Suspense>
			) : (
				<RunPicker {...(await picking(named, [left || undefined, right || undefined], textOf(q, MOST_LETTERS)))} />
			)}
		</div>
	);
}

const textOf = (value: string | string[] | undefined, most: number): string =>
	typeof value === "string" ? value.slice(0, most) : "";

async function Comparing({ a, b }: Both<RunSummary>) {
	const t = await getTranslations("compare");
	return (
		<p role="status" className="py-16 text-ink-2">
			{t("comparing", { a: a.calls, b: b.calls })}
		</p>
	);
}

/** Folded and aligned here; the browser gets what the page shows, never a body. */
async function Compared({ a, b }: Both<RunSummary>) {
	const [left, right] = await Promise.all([readSlimEvents(a.id, 0, -1), readSlimEvents(b.id, 0, -1)]);
	const views = { a: viewOf(left), b: viewOf(right) };
	return <ComparisonView runs={{ a, b }} found={briefOf(compareRuns(views.a, views.b), views)} />;
}

/** What the chooser shows, runs of the same question first: the run that stands already, and what is wrong with the other one that was named. */
async function picking(
	named: Both<string>,
	[left, right]: (RunSummary | undefined)[],
	search: string,
): Promise<Picking> {
	const known = knownOf(left, right);
	const [page, all, related] = await Promise.all([
		listRuns({ search, limit: CHOICES + 1 }),
		listRuns({ limit: 1 }),
		known && !search ? listRuns({ search: known.run.question.slice(0, MOST_LETTERS), limit: CHOICES }) : undefined,
	]);
	const isSame = left !== undefined && left.id === right?.id;
	const unknown = [left ? "" : named.a, right ? "" : named.b].find(Boolean);
	const runs = new Map([...(related?.runs ?? []), ...page.runs].map((run) => [run.id, run]));
	runs.delete(known?.run.id ?? "");
	return {
		...(known && { known }),
		...(isSame && { problem: { kind: "same", id: left.id } }),
		...(unknown && { problem: { kind: "unknown", id: unknown.slice(0, 40) } }),
		search,
		runs: [...runs.values()].slice(0, CHOICES),
		matching: page.total - (known && !search ? 1 : 0),
		total: all.total,
	};
}

function knownOf(left: RunSummary | undefined, right: RunSummary | undefined): Picking["known"] {
	if (left) return { side: "a", run: left };
	return right && { side: "b", run: right };
}
