import type { ShareFacts } from "@/lib/db/shares";
import type { PublishPreview, ShareChoice } from "@/lib/trajectory/snapshot";

type Refused = { ok: false; error: string };

/** What a person does with the links of a run. */
export type ShareActions = {
	/** What would leave, and what would be taken out of it, before there is a link. */
	previewShare(runId: string, choice: ShareChoice): Promise<{ ok: true; preview: PublishPreview } | Refused>;
	/** The address can be told this once: the token is not kept. `days` absent: until it is revoked. */
	createShare(
		runId: string,
		choice: ShareChoice,
		days?: number,
	): Promise<{ ok: true; token: string; shares: ShareFacts[] } | Refused>;
	/** `origin` is where links are reached from outside, when there is such a place. */
	listShares(runId: string): Promise<{ ok: true; shares: ShareFacts[]; origin?: string } | Refused>;
	revokeShare(runId: string, id: string): Promise<{ ok: true } | Refused>;
};
