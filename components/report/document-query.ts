import type { ShareChoice } from "@/lib/trajectory/snapshot";

/** Asks the export route for a file of what a share link of this choice would show. */
export function queryOf({ scope, rules }: ShareChoice): string {
	const query = new URLSearchParams({ scope, "take-out": rules.kinds.join(",") });
	for (const word of rules.words) query.append("word", word);
	return query.toString();
}
