import { existsSync } from "node:fs";
import { basename, extname } from "node:path";
import { addPath, closeLibrary, collections, removeCollection, search } from "../library/library";
import { closeExtraction } from "../web/extract";
import { checkSettings, parseCommand, stop } from "./command";

const USAGE = `npm run -s library -- <command>

  add <folder | corpus.jsonl | file> [--collection NAME]   md, mdx, txt, html, pdf, or rows of JSON
  list                                                     collections and their documents
  remove NAME                                              a collection with all its documents
  search "words" [--collection NAME] [--limit N]           as a run would search
`;

const options = {
	collection: { type: "string", multiple: true },
	limit: { type: "string", default: "10" },
} as const;

const { values, positionals } = parseCommand(options, USAGE);
const [command, target] = positionals;

/** Adds what is at a path; the collection is named after it unless told otherwise. */
async function add(path: string | undefined): Promise<void> {
	if (!path) stop(USAGE);
	if (!existsSync(path)) stop(`There is nothing at ${path}.`);
	const name = values.collection?.[0] ?? basename(path, extname(path));
	const since = Date.now();
	const show = (done: number) => {
		if (process.stderr.isTTY) process.stderr.write(`\r${done.toLocaleString("en")} read`);
	};
	const { added, replaced, unchanged, skipped } = await addPath(path, name, show);
	if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
	const seconds = ((Date.now() - since) / 1000).toFixed(1);
	console.log(
		`${name}: ${added} added, ${replaced} replaced, ${unchanged} unchanged, ${skipped.length} not read (${seconds} s)`,
	);
	for (const { path: missed, why } of skipped.slice(0, 20)) console.error(`  ${missed}: ${why}`);
	if (skipped.length > 20) console.error(`  and ${skipped.length - 20} more`);
	if (added + replaced + unchanged === 0) process.exitCode = 1;
}

async function list(): Promise<void> {
	const found = await collections();
	if (found.length === 0) console.log("The library is empty. Add a folder: npm run -s library -- add path/to/folder");
	for (const { name, documents } of found) console.log(`${String(documents).padStart(8)}  ${name}`);
}

const unknownCollection = (name: string, known: readonly string[]) =>
	`There is no collection "${name}". There are: ${known.join(", ") || "none"}.`;

async function remove(name: string | undefined): Promise<void> {
	const known = (await collections()).map((collection) => collection.name);
	if (!name || !known.includes(name)) stop(unknownCollection(name ?? "", known));
	console.log(`${name}: ${await removeCollection(name)} documents removed`);
}

async function find(text: string | undefined): Promise<void> {
	if (!text) stop(USAGE);
	const limit = Number(values.limit);
	if (!(Number.isInteger(limit) && limit > 0)) stop(`--limit ${values.limit} is not a whole number above 0.`);
	const known = (await collections()).map(({ name }) => name);
	const names = values.collection ?? known;
	for (const name of names) if (!known.includes(name)) stop(unknownCollection(name, known));
	const { hits, unmatched, total } = await search(names, { text, limit, offset: 0 });
	console.log(
		`${total} ${total === 1 ? "document" : "documents"}${unmatched.length > 0 ? `; in none of them: ${unmatched.join(", ")}` : ""}\n`,
	);
	for (const { title, url, collection, score, snippet, terms } of hits) {
		console.log(`${title}\n  ${url}  (${collection}, ${score})\n  ${snippet}`);
		console.log(`  ${terms.map(({ term, documents }) => `${term} ${documents}`).join(" · ")}\n`);
	}
}

checkSettings();
if (command === "add") await add(target);
else if (command === "list") await list();
else if (command === "remove") await remove(target);
else if (command === "search") await find(target);
else stop(USAGE);
await closeLibrary();
await closeExtraction();
