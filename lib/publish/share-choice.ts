import { z } from "zod";
import { REDACTION_KINDS } from "../trajectory/redaction-kinds";
import { PUBLISH_SCOPES } from "../trajectory/snapshot";

/** What may arrive as a choice of what to share and what to take out of it: at most 200 words of 200 characters. */
export const shareChoiceSchema = z.object({
	scope: z.enum(PUBLISH_SCOPES),
	rules: z.object({
		kinds: z.array(z.enum(REDACTION_KINDS)).max(REDACTION_KINDS.length),
		words: z.array(z.string().min(1).max(200)).max(200),
	}),
});
