type Phrases = {
	unanswered: string;
	insufficient: string;
	likely: string;
	found: string;
	more: string;
	closest: string;
	missing: (words: string) => string;
};

const ENGLISH: Phrases = {
	unanswered:
		"The sources I could open do not answer this question: there is not enough information in them. What comes closest follows.",
	insufficient: "insufficient information",
	likely: "Most likely",
	found: "What the sources say:",
	more: "Related passages:",
	closest: "What the sources say that comes closest:",
	missing: (words) => `No page that I opened mentions ${words}.`,
};

const CHINESE: Phrases = {
	unanswered: "我能打开的来源没有回答这个问题：其中的信息不足。下面是最接近的内容。",
	insufficient: "信息不足",
	likely: "很可能是",
	found: "来源中的说法：",
	more: "相关段落：",
	closest: "来源中最接近的说法：",
	missing: (words) => `打开的页面中没有提到：${words}。`,
};

/** The engine's own sentences in the question's language, as far as it has them. */
export const phrasesFor = (question: string): Phrases =>
	/\p{Script=Han}/u.test(question) && !/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(question) ? CHINESE : ENGLISH;
