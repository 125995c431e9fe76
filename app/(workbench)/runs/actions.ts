"use server";

import { z } from "zod";
import { type LoadRuns, RUN_MARKS, type RunsPage, type TagCount } from "@/components/run/runs-page";
import { allTags, listRuns } from "@/lib/db/runs";

const querySchema = z.object({
	search: z.string().max(500),
	state: z.string().max(40),
	tag: z.string().max(40).optional(),
	marks: z.enum(RUN_MARKS).optional(),
	archived: z.boolean().optional(),
	before: z.number().optional(),
	limit: z.int().min(1).max(500),
});

/** Runs for a list, newest first, and how many there are. */
export async function loadRuns(query: Parameters<LoadRuns>[0]): Promise<RunsPage> {
	const { before, tag, marks, archived, ...filter } = querySchema.parse(query);
	const wanted = { ...(tag && { tag }), ...(marks && { label: marks }), ...(archived && { archived }) };
	const [page, all, going] = await Promise.all([
		listRuns({ ...filter, ...wanted, ...(before !== undefined && { before }) }),
		listRuns({ limit: 1 }),
		listRuns({ state: "running", limit: 1 }),
	]);
	return { runs: page.runs, matching: page.total, total: all.total, going: going.total };
}

/** A handful of runs whose question, title or tags hold what somebody writes; the newest ones for nothing. */
export async function findRuns(search: string): Promise<{ id: string; title: string }[]> {
	const text = z.string().max(500).parse(search);
	const { runs } = await listRuns({ search: text, limit: 8 });
	return runs.map(({ id, title }) => ({ id, title }));
}

/** Every tag in use, most used first. */
export async function loadTags(): Promise<TagCount[]> {
	return allTags();
}
