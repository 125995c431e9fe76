import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LibraryRoom } from "@/components/library/library-room";
import { shelfQueryOf } from "@/components/library/shelf-query";
import { ask } from "@/lib/library/library";
import * as doors from "./actions";

const DOCUMENTS = 50;
const RESULTS = 20;

export async function generateMetadata(): Promise<Metadata> {
	return { title: (await getTranslations("library"))("title") };
}

/** The library: its collections, the documents of one, or what a search finds; one page of it at a time. */
export default async function LibraryPage({ searchParams }: PageProps<"/library">) {
	const query = shelfQueryOf(await searchParams);
	const { search, collection, page } = query;
	const [collections, intakes] = await Promise.all([ask("collections"), ask("intakes")]);
	const size = search ? RESULTS : DOCUMENTS;
	const range = { limit: size, offset: (page - 1) * size };
	const within = collection ? [collection] : collections.map(({ name }) => name);
	const found = search ? await ask("find", within, { text: search, ...range }) : undefined;
	const documents = !search && collection ? await ask("documents", collection, range) : undefined;
	return <LibraryRoom shelf={{ query, size, collections, intakes, found, documents }} doors={{ ...doors }} />;
}
