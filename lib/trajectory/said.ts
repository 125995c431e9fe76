import { z } from "zod";
import { isVisible, typed } from "./typed";

const MOST_TAGS = 20;

/** What a person may say of a run or of one of its rows, and what they may change. */
export const saidSchema = z.discriminatedUnion("type", [
	z.object({
		type: z.literal("note.added"),
		target: z.int().min(1).optional(),
		text: typed().max(20_000, "A note may have at most 20,000 characters."),
		label: z.enum(["good", "bad", "none"]).optional(),
	}),
	z.object({
		type: z.literal("run.edited"),
		title: typed()
			.min(1, "A title needs at least 1 character.")
			.max(300, "At most 300 characters.")
			.refine(isVisible, "A title needs a letter that can be seen.")
			.optional(),
		tags: z
			.array(
				typed()
					.min(1)
					.max(40, "A tag may have at most 40 characters.")
					.refine(isVisible, "A tag needs a letter that can be seen."),
			)
			.max(MOST_TAGS, `At most ${MOST_TAGS} tags.`)
			.optional(),
		archived: z.boolean().optional(),
	}),
]);

export type Remark = z.infer<typeof saidSchema>;
