"use client";
import { ListFilter } from "lucide-react";
import { lazy, Suspense } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { narrowings } from "./row-filter";
import { useLook } from "./use-look";
import { useRunWords } from "./use-run-words";

const Fields = lazy(async () => ({ default: (await import("./filter-fields")).FilterFields }));

/** What the chips do not say: status, domain, cause of a rollback, time, tokens, marks, notes. */
export function MoreFilters() {
	const { t } = useRunWords();
	const { filter } = useLook();
	const narrowed = narrowings(filter);
	return (
		<Popover
			title={t("filter.title")}
			trigger={
				<Button size="sm" className={narrowed > 0 ? "border-ink" : ""}>
					<ListFilter size={14} strokeWidth={1.75} aria-hidden="true" />
					{narrowed > 0 ? t("filter.buttonOn", { n: narrowed }) : t("filter.button")}
				</Button>
			}
		>
			<Suspense>
				<Fields />
			</Suspense>
		</Popover>
	);
}
