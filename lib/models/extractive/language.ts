const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that carry no subject of their own; question words among them. */
const STOP_WORDS = list(
	`a about above after again against all also am an and any are as at be because been before being below between both
but by can could did do does doing down during each either else ever few for from further get got had has have having he
her here hers him his how i if in into is it its itself just like made make makes many may me might more most much must my
neither no nor not now of off on once one only or other our ours out over own per same she should since so some such than
that the their theirs them then there these they this those through to too under until up upon us use used uses using very
was we were what when where whether which while who whom whose why will with within without would yes yet you your yours`,
);

export const isStopWord = (word: string): boolean => STOP_WORDS.has(word.toLowerCase().replace(/['’]s$/, ""));

/** Small words that stand inside a name. */
const INNER =
	"of|the|de|la|le|les|du|des|del|della|der|den|van|von|und|y|e|da|do|dos|di|al|el|bin|ibn|&|to the|in the|on the";
const PART = "(?:\\p{Lu}[\\p{L}\\p{M}\\p{N}'’.-]*|\\d+(?:st|nd|rd|th)?)";
const NAME = new RegExp(
	`(?<![\\p{L}\\p{N}_.\`])(?:\\p{Lu}|(?<=\\s|^)\\d{4}(?=\\s\\p{Lu}))[\\p{L}\\p{M}\\p{N}'’.–-]*(?:(?:\\s+(?:${INNER}))*\\s+${PART})*`,
	"gu",
);
const QUOTED =
	/"([^"\n]{2,120})"|“([^”\n]{2,120})”|「([^」\n]{1,80})」|『([^』\n]{1,80})』|《([^》\n]{1,80})》|(?<![\p{L}\p{N}])['‘]([^'’\n]{2,80}(?:['’]s?\s[^'’\n]{1,60})??)['’](?![\p{L}\p{N}])/gu;

/** What stands in quotation marks, in order. */
export const quotedIn = (text: string): string[] =>
	Array.from(text.matchAll(QUOTED), (found) => (found.slice(1).find((part) => part !== undefined) ?? "").trim());

/**
 * Runs of capitalised words, without the small words and possessives at their ends. A single word that opens a sentence
 * is no sign of a name, and a date is none.
 */
export function namesIn(text: string): string[] {
	const names: string[] = [];
	for (const found of text.matchAll(NAME)) {
		const name = trimName(found[0]);
		const opens = /(?:^|[.!?:|]\s+|\n)["“‘'(]?(?:The |A |An |In |On |At )?$/.test(
			text.slice(Math.max(0, found.index - 12), found.index),
		);
		if (name.length < 2 || isStopWord(name) || CALENDAR.test(name)) continue;
		if (!(opens && /^\p{Lu}\p{Ll}+$/u.test(name))) names.push(name);
	}
	return names;
}

function trimName(run: string): string {
	const parts = run.replace(/['’]s?$/, "").split(/\s+/);
	while (parts.length > 1 && isStopWord(parts[0] ?? "")) parts.shift();
	while (parts.length > 1 && isStopWord(parts.at(-1) ?? "")) parts.pop();
	return parts
		.join(" ")
		.replace(/^['’.–-]+|[,;:'’–-]+$/g, "")
		.replace(/(?<=\p{Ll}{2})\.$/u, "")
		.replace(/['’]s$/, "");
}

/** The form under which two spellings of a name are the same: no case, accents, marks, leading article or bracketed part. */
export function nameKey(name: string): string {
	return name
		.replace(/\s*\([^()]*\)\s*$/, "")
		.normalize("NFKD")
		.replace(/\p{M}/gu, "")
		.toLowerCase()
		.replace(/&[a-z]+;|&#\d+;/g, " ")
		.replace(/[^\p{L}\p{N}]+/gu, " ")
		.trim()
		.replace(/^the /, "");
}

const CALENDAR =
	/^(?:\d{4}\s)?(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:\s\d+)*$/;
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** An ISO date in words, "7 October 2023"; other texts as they are. */
export function dateInWords(date: string): string {
	const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(date) ?? [];
	if (year === undefined) return date;
	return [day && String(Number(day)), MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

/** Markdown without its marks: link texts, no emphasis, no table bars. */
export function plainText(markdown: string): string {
	return markdown
		.replace(/!\[[^\]]*\]\([^)]*\)/g, "")
		.replace(/<\/?[A-Za-z][^<>]*>/g, "")
		.replace(/\[([^[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s"[^"]*")?\)/g, "$1")
		.replace(/(\*\*|__)(.+?)\1/g, "$2")
		.replace(/^\||\|$/g, "")
		.replace(/\s*\|\s*/g, " — ")
		.replace(/^#{1,6}\s+/, "")
		.replace(/\s+/g, " ")
		.trim();
}
