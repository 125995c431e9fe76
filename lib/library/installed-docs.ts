import "server-only";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { markdownDocument } from "./files";
import type { LibraryDocument } from "./ingest";

/** Documentation that ships inside an installed package. */
export type InstalledDocs = { collection: string; version: string; documents: LibraryDocument[] };

type DocsPackage = { collection: string; pack: string; folder: string; site: string; plain: (path: string) => string };

/** `01-app/02-guides/index.mdx` → `app/guides`: the order numbers and the file's ending are not part of an address. */
const withoutOrder = (path: string): string =>
	path
		.replace(/\.mdx?$/, "")
		.split("/")
		.map((part) => part.replace(/^\d+-/, ""))
		.filter((part) => part !== "index")
		.join("/");

const SOURCES: DocsPackage[] = [
	{
		collection: "Next.js docs",
		pack: "next",
		folder: "dist/docs",
		site: "https://nextjs.org/docs/",
		plain: withoutOrder,
	},
	{
		collection: "AI SDK docs",
		pack: "ai",
		folder: "docs",
		site: "https://ai-sdk.dev/docs/",
		plain: withoutOrder,
	},
];

/** The installed documentation, read anew; a package without documentation is left out. */
export async function installedDocs(root: string): Promise<InstalledDocs[]> {
	const found: InstalledDocs[] = [];
	for (const source of SOURCES) {
		const home = join(root, "node_modules", source.pack);
		const folder = join(home, source.folder);
		if (!existsSync(folder)) continue;
		const { version } = JSON.parse(await readFile(join(home, "package.json"), "utf8")) as { version: string };
		found.push({ collection: source.collection, version, documents: await documentsIn(folder, source) });
	}
	return found;
}

async function documentsIn(folder: string, source: DocsPackage): Promise<LibraryDocument[]> {
	const paths = (await readdir(folder, { recursive: true })).filter((path) => /\.mdx?$/.test(path)).sort();
	const documents: LibraryDocument[] = [];
	for (const path of paths) {
		const url = source.site + source.plain(path.replaceAll("\\", "/"));
		const text = (await readFile(join(folder, path), "utf8")).replace(/<!--[\s\S]*?-->/g, "");
		documents.push({ ...markdownDocument(text, url, path), source: source.collection });
	}
	return documents;
}
