"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCommand } from "@/components/shell/use-commands";
import { buttonLooks } from "@/components/ui/button";
import { PageLink } from "@/components/ui/page-link";
import { type ShelfQuery, shelfAddress } from "./shelf-query";

type Props = { query: ShelfQuery; size: number; total: number };

/** Ways to the other pages of a long list, and which part of it is seen. */
export function ShelfPages({ query, size, total }: Props) {
	const t = useTranslations("library");
	const router = useRouter();
	const pages = Math.max(1, Math.ceil(total / size));
	const { page } = query;
	const to = (next: number) => shelfAddress({ ...query, page: next });
	const go = (next: number) => () => next >= 1 && next <= pages && router.push(to(next));
	const isLong = pages > 1;
	useCommand(
		isLong ? { id: "next-page", label: t("keys.nextPage"), group: "page", keys: ["]"], run: go(page + 1) } : undefined,
	);
	useCommand(
		isLong
			? { id: "previous-page", label: t("keys.previousPage"), group: "page", keys: ["["], run: go(page - 1) }
			: undefined,
	);
	const ways = [
		{ name: "first", page: 1, isOn: page > 2 },
		{ name: "previous", page: page - 1, isOn: page > 1 },
		{ name: "next", page: page + 1, isOn: page < pages },
		{ name: "last", page: pages, isOn: page < pages - 1 },
	] as const;
	return (
		<div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-[13px] text-ink-3 tabular-nums">
			<p role="status">{t("range", { from: (page - 1) * size + 1, to: Math.min(total, page * size), total })}</p>
			{isLong && (
				<nav aria-label={t("pages")} className="flex flex-wrap items-center gap-1.5">
					{ways.map(
						({ name, page: target, isOn }) =>
							isOn && (
								<PageLink key={name} href={to(target)} className={buttonLooks({ size: "sm" })}>
									{t(name)}
								</PageLink>
							),
					)}
					<span className="pl-1.5">{t("pageOf", { page, pages })}</span>
				</nav>
			)}
		</div>
	);
}
