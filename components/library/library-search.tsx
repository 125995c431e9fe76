"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState, useTransition } from "react";
import { useCommand } from "@/components/shell/use-commands";
import { Button } from "@/components/ui/button";
import { SearchBox } from "@/components/ui/search-box";
import { type ShelfQuery, shelfAddress } from "./shelf-query";

/** Looks when it is told to: what is found is ranked anew each time, which on a large library is worth a key. */
export function LibrarySearch({ query: { search, collection } }: { query: ShelfQuery }) {
	const t = useTranslations("library");
	const router = useRouter();
	const [text, setText] = useState(search);
	const [followed, setFollowed] = useState(search);
	const [isBusy, start] = useTransition();
	const form = useRef<HTMLFormElement>(null);
	if (followed !== search) {
		setFollowed(search);
		setText(search);
	}
	const focus = () => form.current?.querySelector("input")?.select();
	useCommand({ id: "find-library", label: t("keys.find"), group: "page", keys: ["/"], run: focus });
	return (
		<search className="mb-5 block">
			<form
				ref={form}
				className="flex items-center gap-2"
				aria-busy={isBusy}
				action={() => start(() => router.push(shelfAddress({ search: text.trim(), collection })))}
			>
				<SearchBox
					label={collection ? t("searchIn", { name: collection }) : t("search")}
					value={text}
					onChange={setText}
					className="w-[420px] max-w-full max-desk:w-auto max-desk:flex-1"
				/>
				<Button type="submit" disabled={isBusy || text.trim() === ""}>
					{t("find")}
				</Button>
				{search !== "" && (
					<Button variant="ghost" onClick={() => start(() => router.push(shelfAddress({ collection })))}>
						{t("clear")}
					</Button>
				)}
			</form>
		</search>
	);
}
