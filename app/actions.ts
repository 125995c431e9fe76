"use server";

import { startRun as start } from "@/lib/runner/runner";
import type { AskInput, AskResult } from "@/lib/trajectory/ask";

/** Starts a run and returns at once; the run belongs to the server. */
export async function startRun(input: AskInput): Promise<AskResult> {
	return start(input);
}
