/** A shape of something private. Of a match, the group `secret` is taken out where there is one, else all of it. */
export type PrivateShape = {
	/** With the flags `d` and `g`. No quantifier stands inside another over the same letters: time is linear. */
	pattern: RegExp;
	/** Says of a match that only looks like it that it is none. */
	isIt?(found: RegExpExecArray): boolean;
};

/** Where a token may begin: not inside a word, but right after the `\n` of a text that is quoted in another one. */
const START = String.raw`(?:(?<=\\[nrt])|(?<![A-Za-z0-9]))`;
const LOOSE_START = String.raw`(?:(?<=\\[nrt])|(?<![\w.~%/-]))`;
const RUN_START = String.raw`(?:(?<=\\[nrt])|(?<![\w-]))`;
const PEM_NAME = "[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----";

const TOKENS = [
	"(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16,}",
	"gh[pousr]_[A-Za-z0-9]{20,}",
	"github_pat_[A-Za-z0-9_]{20,}",
	"gl(?:pat|ptt|dt|rt|cbt|soat|ft|imt)-[A-Za-z0-9_.-]{16,}",
	"xox[abeoprs]-[A-Za-z0-9-]{10,}",
	"xapp-[A-Za-z0-9-]{10,}",
	"AIza[A-Za-z0-9_-]{30,}",
	String.raw`ya29\.[A-Za-z0-9_-]{20,}`,
	"(?:hf|npm|gsk|jina|e2b)_[A-Za-z0-9]{20,}",
	"[rsp]k_(?:live|test)_[A-Za-z0-9]{16,}",
	"(?:pypi|tvly|xai|pplx|fc)-[A-Za-z0-9_-]{20,}",
];

const SECRET_NAME = /(?:passw(?:or)?d|pwd|passphrase|secret|密码|口令)/i;
const NAMES = `(?:(?:passw(?:or)?d|pwd|passphrase|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|session[_-]?id|signature|(?<![A-Za-z])(?:key|sig|auth))(?:[_-][A-Za-z0-9_-]{0,24}|s)?|密码|口令)`;
const QUOTE = String.raw`\\{0,3}["']`;
const VALUE = [
	String.raw`\\{0,3}"(?<double>[^"\\\n]{4,300})`,
	String.raw`\\{0,3}'(?<single>[^'\\\n]{4,300})`,
	String.raw`(?<bare>[^\s"'${"`"}\\<>,;&(){}[\]|，。；]{4,})`,
].join("|");

/** A value that somebody wrote down as a secret, rather than a sentence that follows the word. */
function isValue({ groups }: RegExpExecArray): boolean {
	const { name = "", sign = "", double, single, bare = "" } = groups ?? {};
	const quoted = double ?? single;
	const value = quoted ?? bare;
	if (SECRET_NAME.test(name)) return quoted !== undefined || sign === "=" || /[^\p{L}.’-]/u.test(value);
	return value.length >= 20 ? !/\s/.test(value) : value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value);
}

const isKeyLike = ([text]: RegExpExecArray): boolean =>
	/[A-Za-z0-9]{16}/.test(text) || (/\d/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text));
const hasDigit = ({ groups }: RegExpExecArray): boolean => /\d/.test(groups?.secret ?? "");

const keys: PrivateShape[] = [
	{
		pattern: new RegExp(
			String.raw`-----BEGIN ${PEM_NAME}(?:[A-Za-z0-9+/=\s\\:,]|-(?!-))*(?:-----END ${PEM_NAME})?`,
			"dg",
		),
	},
	{ pattern: new RegExp(`${START}(?:${TOKENS.join("|")})`, "dg") },
	{ pattern: new RegExp(`${START}sk-[A-Za-z0-9_-]{20,}`, "dg"), isIt: isKeyLike },
	{
		pattern: new RegExp(
			String.raw`${RUN_START}(?:eyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?|SG\.[\w-]{16,}\.[\w-]{16,})`,
			"dg",
		),
	},
	{ pattern: /hooks\.slack\.com\/services\/(?<secret>[A-Za-z0-9/]{20,})/dg },
	{
		pattern:
			/authorization\\{0,3}["']?\s{0,3}[:=]\s{0,3}\\{0,3}["']?(?:(?:bearer|basic|token)\s{1,3})?(?<secret>[A-Za-z0-9+/._~=-]{8,})/dgi,
	},
	{ pattern: /(?<![A-Za-z])bearer\s{1,3}(?<secret>[A-Za-z0-9+/._~=-]{16,})/dgi, isIt: hasDigit },
	{
		pattern: /cookie\\{0,3}["']?\s{0,3}:\s{0,3}\\{0,3}["']?(?<secret>[^\s"'\\=;:]{1,100}=[^\r\n"'\\]+)/dgi,
	},
	{ pattern: /:\/\/(?<secret>[^\s/?#"'<>@:]{0,100}:[^\s/?#"'<>@]{1,200})@/dg },
	{
		pattern: new RegExp(
			String.raw`(?<name>${NAMES})(?:${QUOTE})?\s{0,3}(?<sign>[:=：])\s{0,3}(?!${QUOTE}?https?:)(?!https?:)(?:${VALUE})`,
			"dgi",
		),
		isIt: isValue,
	},
];

const LETTER = String.raw`\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{Nd}`;
const emails: PrivateShape[] = [
	{
		pattern: new RegExp(
			String.raw`(?<![${LETTER}._%+\-])[${LETTER}._%+\-]+(?:@|%40)(?:[${LETTER}\-]+\.)+[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}]{2,}`,
			"dgu",
		),
	},
];

const PATH = String.raw`[^\s"'${"`"}<>|()[\]{},;\\，。；：！？、）】」]*[^\s"'${"`"}<>|()[\]{},;\\，。；：！？、）】」.:!?]`;
const paths: PrivateShape[] = [
	{ pattern: new RegExp(`${LOOSE_START}(?:/mnt/[a-z])?/(?:home|Users|root)/${PATH}`, "dg") },
	{ pattern: new RegExp(`file://${PATH}`, "dgi") },
	{ pattern: /%2F(?:home|Users)%2F[\w.%+-]+/dgi },
	{
		pattern: new RegExp(
			String.raw`${START}[A-Z]:[\\/]{1,4}Users[\\/]{1,4}(?:[^\\/:*?"<>|\r\n]{1,80}[\\/]{1,4}(?![nrt]?[A-Z]:[\\/]))*[^\\/:*?"'<>|\s,;()[\]{}]*`,
			"dgi",
		),
	},
];

const BYTE = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const PORT = String.raw`(?::\d{1,5})?`;
const IP_START = String.raw`(?:(?<=\\[nrt])|(?<![\w.]))`;
const GROUPS = "(?::[0-9a-f]{0,4}){2,7}(?:%[0-9a-z]{1,16})?";
const addresses: PrivateShape[] = [
	{
		pattern: new RegExp(
			String.raw`${IP_START}(?:(?:10|127)\.${BYTE}|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.${BYTE}\.${BYTE}(?!\d|\.\d)${PORT}`,
			"dg",
		),
	},
	{ pattern: /(?:(?<=\\[nrt])|(?<![\w.-]))localhost:\d{1,5}/dgi },
	{ pattern: new RegExp(String.raw`\[(?:::1|(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f])${GROUPS})\]${PORT}`, "dgi") },
	{
		pattern: new RegExp(String.raw`(?<![\w:.])(?:::1|(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f])${GROUPS})(?![\w:])`, "dgi"),
	},
];

/** Everything that is known by its shape. */
export const SHAPES = { keys, emails, paths, addresses } as const;

/** Scripts that are written without spaces: a word may stand anywhere in them. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const WORDLY = /[\p{L}\p{N}_]/u;
const isEdge = (letter: string | undefined) => letter !== undefined && WORDLY.test(letter) && !UNSPACED.test(letter);

/** The shape of words that a person chose, whole and in any case; undefined when there are none. */
export function wordShape(words: readonly string[]): PrivateShape | undefined {
	const wanted = new Set(words.map((word) => word.trim()).filter((word) => word !== ""));
	if (wanted.size === 0) return undefined;
	const spelled = new Set([...wanted].flatMap((word) => [word, word.normalize("NFC"), word.normalize("NFD")]));
	const patterns = [...spelled].sort((a, b) => b.length - a.length).map(patternOf);
	return { pattern: new RegExp(patterns.join("|"), "dgiu") };
}

function patternOf(word: string): string {
	const letters = Array.from(word);
	const before = isEdge(letters[0]) ? String.raw`(?:(?<=\\[nrt])|(?<![\p{L}\p{N}_]))` : "";
	const after = isEdge(letters.at(-1)) ? String.raw`(?![\p{L}\p{N}_])` : "";
	return before + word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/\s+/g, String.raw`\s{1,8}`) + after;
}
