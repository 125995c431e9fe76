/** What a site shows in place of a page. `script_only`: the text is made by scripts, and the page is a shell for them. */
export type NoPage = "script_only" | "robot_check" | "login" | "cookie_wall" | "soft_404";

/** Longer texts are pages, whatever they speak of. */
const SHORT = 1500;
const VERY_SHORT = 250;

const ROBOT_CHECK =
	/just a moment|attention required|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|not a robot|unusual traffic|checking your browser|enable javascript and cookies to continue|access denied|complete the security check|人机验证|安全验证/i;
const ROBOT_CHECK_PARTS =
	'iframe[src*="captcha"], script[src*="captcha"], script[src*="challenges.cloudflare.com"], [class*="g-recaptcha"], [class*="h-captcha"], [class*="cf-turnstile"], #px-captcha';
const LOGIN = /\b(?:log ?in|sign ?in|log on|sign on)\b|登录|登入|anmelden|se connecter|iniciar sesión/i;
const COOKIES =
	/(?:accept|allow|agree to|manage|reject)(?: all)?(?: our)? cookies|we (?:value|respect|care about) your privacy|cookie (?:consent|settings|preferences)|our partners (?:use|store)|使用\s*cookie/i;
const NOT_FOUND =
	/\b404\b|(?:page|site|article|document|content|file) (?:was |could )?(?:not|no longer) (?:be )?(?:found|exist|available)|page (?:doesn.t|does not) exist|not found|nothing (?:was )?found here|页面不存在|找不到(?:该|此)?页面|seite nicht gefunden|page introuvable|página no encontrada/i;
const NEEDS_SCRIPT =
	/(?:enable|requires?|need|turn on|without) java ?script|java ?script (?:is )?(?:disabled|required)|启用\s*javascript/i;
/** All that a shell says which names no root and no need of scripts. */
const ONLY_WAITING =
	/^[\s.…#*]*(?:(?:loading|please wait|one moment|laden|chargement|cargando|加载中|请稍候)[\s.…!]*){0,2}$/i;
const EMPTY_ROOTS = "#root, #app, #__next, #__nuxt, #react-root, app-root, [data-reactroot], [ng-app]";

/** The signs of a page, taken before anything is cut away. */
export type Signs = { title: string; captcha: boolean; password: boolean; hasScript: boolean; needsScript: boolean };

/** Reads the signs of a parsed page; the document is not changed. */
export function signsOf(document: Document, title: string): Signs {
	const noscript = [...document.querySelectorAll("noscript")].map(({ textContent }) => textContent ?? "").join(" ");
	const root = document.querySelector(EMPTY_ROOTS);
	const hasScript = document.querySelector('script:not([type="application/ld+json"])') !== null;
	const emptyRoot = root !== null && (root.textContent ?? "").trim().length < VERY_SHORT;
	return {
		title,
		captcha: document.querySelector(ROBOT_CHECK_PARTS) !== null,
		password: document.querySelector('input[type="password"]') !== null,
		hasScript,
		needsScript: hasScript && (emptyRoot || NEEDS_SCRIPT.test(noscript)),
	};
}

/** In this order; only short texts are judged, for a long one is content. */
const RULES: readonly [NoPage, (text: string, signs: Signs) => boolean][] = [
	[
		"robot_check",
		(text, { title, captcha }) =>
			captcha
				? text.length < VERY_SHORT * 2 || ROBOT_CHECK.test(title) || ROBOT_CHECK.test(text)
				: ROBOT_CHECK.test(title) && text.length < SHORT / 2,
	],
	[
		"soft_404",
		(text, { title }) =>
			NOT_FOUND.test(title) || (NOT_FOUND.test(text.split("\n", 1)[0] ?? "") && text.length < SHORT / 2),
	],
	["login", (text, { title, password }) => password && (LOGIN.test(title) || text.length < VERY_SHORT * 2)],
	["cookie_wall", (text) => COOKIES.test(text) && withoutCookies(text).length < VERY_SHORT],
	[
		"script_only",
		(text, { needsScript, hasScript }) =>
			text.length < VERY_SHORT && (needsScript || NEEDS_SCRIPT.test(text) || (hasScript && ONLY_WAITING.test(text))),
	],
];

/** What stands there instead of content; undefined for a page. */
export const verdictOf = (text: string, signs: Signs): NoPage | undefined =>
	text.length < SHORT ? RULES.find(([, holds]) => holds(text, signs))?.[0] : undefined;

/** What is left of a text without the sentences that speak of cookies and consent. */
const withoutCookies = (text: string): string =>
	text
		.split(/(?<=[.!?。])\s+|\n+/)
		.filter((sentence) => !/cookie|consent|privacy|partners|accept|reject|agree|同意|隐私/i.test(sentence))
		.join(" ");

/** The sentence a model is told. */
export const VERDICT_TEXT: Record<NoPage, string> = {
	script_only: "The page shows nothing without running its scripts, which are not run here. Look for another source.",
	robot_check: "The site shows a check for robots instead of the page. Look for another source.",
	login: "The site asks for a login instead of showing the page. Look for another source.",
	cookie_wall: "The site shows a question about cookies instead of the page. Look for another source.",
	soft_404: "The site says that there is no such page.",
};
