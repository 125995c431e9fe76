/** Scripts that are written without spaces between words. */
const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

/** Whether a word is of such a script, at least in part. */
export const isUnspaced = (word: string): boolean => word.search(UNSPACED) >= 0;

const segmenter = new Intl.Segmenter("und", { granularity: "word" });

/** Cuts runs of unspaced script into words, by the system's dictionaries, so that the index can tell them apart. */
export function spaced(text: string): string {
	return text.replace(UNSPACED, (run) => {
		const words: string[] = [];
		for (const { segment } of segmenter.segment(run)) words.push(segment);
		return ` ${words.join(" ")} `;
	});
}

/** English words that say nothing about a subject; used only when other words are left. */
const STOP = new Set(
	(
		"a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its " +
		"me my no not of on or our she should so than that the their them then there these they this those to was we were " +
		"what when where which while who whom whose why will with would you your also any both during each s t"
	).split(" "),
);

/** The words of a query, lower case, each once, in order; stop words dropped unless nothing else is left. */
export function queryWords(text: string): string[] {
	const all = [
		...new Set(
			spaced(text.slice(0, 4000))
				.toLowerCase()
				.match(/[\p{L}\p{N}_]+/gu) ?? [],
		),
	];
	const telling = all.filter((word) => !STOP.has(word));
	return telling.length > 0 ? telling : all;
}
