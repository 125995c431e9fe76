import { TriangleAlert } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { useSentence } from "@/components/ui/use-sentence";

const FIELDS = [
	"question",
	"attachments",
	"preset",
	"collections",
	"withoutTools",
	"mcp",
	"onlySites",
	"neverSites",
	"maxCalls",
] as const;
export type Field = (typeof FIELDS)[number] | "form";
export type Refusal = { field: Field; message: string };

/** A refusal as the server words it; one that names no field of ours belongs to the whole form. */
export function refusalOf({ field, message }: { field: string; message: string }): Refusal {
	return { field: FIELDS.find((known) => known === field) ?? "form", message };
}

type Props = { refusal: Refusal | undefined; of: Field; className?: string };

/** What is wrong with one field, beside it. */
export function AskRefusal({ refusal, of, className }: Props) {
	const worded = useSentence();
	if (refusal?.field !== of) return null;
	return (
		<p id="ask-refusal" role="alert" className={cn("flex gap-1.5 text-[13px]/5 text-error", className)}>
			<TriangleAlert size={14} strokeWidth={1.75} className="mt-[3px] shrink-0" aria-hidden="true" />
			{worded(refusal.message)}
		</p>
	);
}
