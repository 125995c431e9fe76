import "server-only";
import { readSummary } from "../db/runs";
import { readKept } from "../sandbox/folders";

/** A file that a call of the run left, with what its bytes are; undefined when the run or the file is not there. */
export async function readRunFile(
	runId: string,
	hash: string,
	name: string,
): Promise<{ bytes: Buffer; type: string } | undefined> {
	if (!(await readSummary(runId))) return undefined;
	const kept = await readKept(runId, hash, name);
	return kept && { bytes: kept.bytes, type: kept.media.type };
}
