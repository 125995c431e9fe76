import { z } from "zod";
import { storable } from "./event";

/** A person's word on the call that asks; `further`: for all calls of its tool, `note`: what the model is told. */
export const decisionSchema = z.object({
	callId: z.string().max(1000),
	approved: z.boolean(),
	note: z.string().overwrite(storable).max(20_000).optional(),
	further: z.boolean().optional(),
});

export type Decision = z.infer<typeof decisionSchema>;
