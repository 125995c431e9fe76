"use server";

import { z } from "zod";
import { listRuns } from "@/lib/db/runs";
import type { RunSummary } from "@/lib/trajectory/packet";

const querySchema = z.object({
	search: z.string().max(500),
	state: z.string().max(40),
	before: z.number().optional(),
	limit: z.int().min(1).max(500),
});

/** A page of runs for the list, newest first. */
export async function loadRuns(query: z.input<typeof querySchema>): Promise<{ runs: RunSummary[]; total: number }> {
	const { before, ...rest } = querySchema.parse(query);
	return listRuns({ ...rest, ...(before !== undefined && { before }) });
}
