import { addressesIn } from "./address";

/** An entry of a report's list of references; `number` is undefined in a list without numbers. */
export type Reference = { number: number | undefined; text: string };

/** A report taken apart: its lines without the reference list, and the entries of the list. */
type ReportParts = { lines: string[]; references: Reference[] };

/** What reports call their list, in the languages we have seen; compared without case, numbering and marks. */
const HEADINGS = new Set(
	`references|reference|reference list|list of references|sources|source|source list|sources cited|cited sources|
citations|bibliography|works cited|footnotes|notes and references|links|
quellen|quelle|quellenverzeichnis|quellenangaben|literatur|literaturverzeichnis|einzelnachweise|referenzen|belege|
références|sources citées|bibliographie|fuentes|referencias|bibliografía|fonti|riferimenti|bibliografia|
referências|fontes|bronnen|referenties|källor|referenser|kilder|źródła|bibliografía|источники|литература|ссылки|
参考|参考文献|参考资料|参考来源|参考资料来源|来源|资料来源|引用|引用来源|引文|參考|參考文獻|參考資料|來源|資料來源|引用來源|
出典|参照|参考リンク|参照元|情報源|참고|참고문헌|참고 문헌|출처|المصادر|المراجع|मूल स्रोत|संदर्भ|แหล่งอ้างอิง|อ้างอิง`
		.split("|")
		.map((heading) => heading.trim()),
);

const ENTRY =
	/^\s*(?:[-*+•]\s+)?(?:\*\*)?(?:[[［]\^?(\d{1,3})[\]］]|【(\d{1,3})】|(\d{1,3})[.)．、）])(?:\*\*)?\s*[:：.]?\s*(.*)$/s;
const DEFINITION = /^\s{0,3}(?:[-*+•]\s+)?(?:[[［]\^?\d{1,3}[\]］]|【\d{1,3}】)/;
const BULLET = /^\s*[-*+•]\s+(.*)$/s;
const FENCE = /^\s{0,3}(?:```|~~~)/;

/**
 * Takes the reference list out of a report, in linear time: the section under a heading like "References", and single
 * lines that open with a number in brackets and hold an address, wherever they stand. Code is left alone.
 */
export function takeReferences(markdown: string): ReportParts {
	const all = markdown.split(/\r?\n/);
	const parts: ReportParts = { lines: [], references: [] };
	const state = { fenced: false, section: false, afterBlank: false };
	all.forEach((line, index) => {
		const fence = FENCE.test(line);
		const code = fence || state.fenced;
		if (fence) state.fenced = !state.fenced;
		if (!code && takeLine(all, index, { parts, state })) return;
		state.section = false;
		parts.lines.push(line);
	});
	return { lines: parts.lines, references: numbered(parts.references) };
}

type Taking = { parts: ReportParts; state: { section: boolean; afterBlank: boolean } };

/** True when the line belongs to the list; its entries are then taken. */
function takeLine(all: readonly string[], index: number, { parts, state }: Taking): boolean {
	const line = all[index] ?? "";
	if (isListHeading(all, index)) {
		state.section = true;
		parts.references.push(...entriesOf(headingOf(line)?.rest ?? ""));
		return true;
	}
	if (state.section && takeSectionLine(line, parts, state)) {
		state.afterBlank = line.trim() === "";
		return true;
	}
	if (!DEFINITION.test(line) || !(isFootnote(line) || addressesIn(line).length > 0)) return false;
	state.section = false;
	parts.references.push(...entriesOf(line));
	return true;
}

const isFootnote = (line: string): boolean => /^\s{0,3}\[\^?\d{1,3}\]:\s/.test(line);

/** A line inside the section: an entry, the rest of one, or a blank; false where ordinary text begins again. */
function takeSectionLine(line: string, parts: ReportParts, state: { afterBlank: boolean }): boolean {
	if (line.trim() === "" || /^\s*[-–—_*]{3,}\s*$/.test(line)) return true;
	if (/^\s{0,3}#{1,6}\s/.test(line)) return false;
	const entries = entriesOf(line);
	if (entries.length > 0) {
		parts.references.push(...entries);
		return true;
	}
	const last = parts.references.at(-1);
	if (!last || (state.afterBlank && addressesIn(line).length === 0)) return false;
	last.text += ` ${line.trim()}`;
	return true;
}

/** The entries that begin in a line: one, or several in a row such as `[1] …, [2] …`. */
function entriesOf(line: string): Reference[] {
	const several = line.split(/(?=[[［【]\^?\d{1,3}[\]］】])/).filter((part) => part.trim() !== "");
	if (several.length > 1 && several.every((part) => DEFINITION.test(part) && addressesIn(part).length > 0)) {
		return several.flatMap(entriesOf);
	}
	const entry = ENTRY.exec(line);
	if (entry) {
		return [{ number: Number(entry[1] ?? entry[2] ?? entry[3]), text: entry[4] ?? "" }];
	}
	const bullet = BULLET.exec(line);
	return bullet ? [{ number: undefined, text: bullet[1] ?? "" }] : [];
}

/** A list without any number is numbered by its order. */
function numbered(references: Reference[]): Reference[] {
	if (references.some(({ number }) => number !== undefined)) return references;
	return references.map(({ text }, index) => ({ number: index + 1, text }));
}

/** The line is such a heading, and an entry follows it (a chapter on sources is none). */
function isListHeading(lines: readonly string[], index: number): boolean {
	const heading = headingOf(lines[index] ?? "");
	if (!heading) return false;
	if (heading.rest) return entriesOf(heading.rest).length > 0 && addressesIn(heading.rest).length > 0;
	let next = index + 1;
	while (next < lines.length && lines[next]?.trim() === "") next++;
	return next < lines.length && entriesOf(lines[next] ?? "").length > 0;
}

function headingOf(line: string): { rest: string } | undefined {
	const bare = line.replace(/^\s{0,3}#{1,6}\s+/, "").replace(/^\s*[*_]{2}([^*_]{1,60})[*_]{2}/, "$1");
	const [, name = "", rest = ""] = /^([^:：]{1,60})[:：]?\s*(.*)$/s.exec(bare) ?? [];
	const word = name.replace(/^\s*(?:\d{1,2}|[IVX]{1,4})[.)]\s+/, "").replace(/[\s#*_:：]+$/, "");
	return HEADINGS.has(word.trim().toLowerCase()) ? { rest: rest.replace(/^[*_\s]+/, "") } : undefined;
}
